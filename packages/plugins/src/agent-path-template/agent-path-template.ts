import {
  AttestationError,
  SpiffeIdError,
  agentIdFromPath,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';
import { evaluateTemplate, type TemplateData } from './evaluate.ts';
import type { TemplateNode } from './syntax-tree.ts';
import { TemplateError } from './template-error.ts';
import { parseTemplate } from './template-parser.ts';

/** An `agent_path_template`: Go's text/template as far as paths need it, with the functions of Sprig that do. */
export class AgentPathTemplate {
  readonly #nodes: readonly TemplateNode[];

  private constructor(nodes: readonly TemplateNode[]) {
    this.#nodes = nodes;
  }

  /**
   * Parses a template.
   *
   * @param fields - the top-level fields that the attestor provides.
   * @throws {TemplateError} unknown field, function or syntax; or a text that cannot give a path.
   */
  static parse(text: string, fields: readonly string[]): AgentPathTemplate {
    const nodes = parseTemplate(text, fields);
    const first = nodes[0];
    if (first === undefined || (first.kind === 'text' && !first.text.startsWith('/'))) {
      throw new TemplateError('the path must start with a slash');
    }
    return new AgentPathTemplate(nodes);
  }

  /**
   * The agent's ID, `spiffe://td/spire/agent` + what the template gives.
   *
   * @throws {AttestationError} `ERR_ATTESTATION_AGENT_ID` when a key is missing or the result is no valid path:
   *   nothing in the data can lead out of `/spire/agent/` or into an empty or dot segment.
   */
  agentId(trustDomain: TrustDomain, data: TemplateData): SpiffeId {
    try {
      return agentIdFromPath(trustDomain, evaluateTemplate(this.#nodes, data));
    } catch (cause) {
      if (!(cause instanceof TemplateError) && !(cause instanceof SpiffeIdError)) throw cause;
      throw new AttestationError('ERR_ATTESTATION_AGENT_ID', `failed to make spiffe id: ${cause.message}`, {
        cause,
      });
    }
  }
}
