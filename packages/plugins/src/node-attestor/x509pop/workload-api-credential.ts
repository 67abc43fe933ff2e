import { AttestationError, SignetError } from '@signet/core';
import type { AgentPluginHost } from '../../kinds/node-attestor.ts';
import type { Credential } from './credential.ts';
import { possessionMethod } from './possession.ts';

/**
 * The X509-SVID that another agent gives to this one: a node in a node, such as a VM or a cluster, shows who it is there.
 *
 * @throws {AttestationError} `ERR_ATTESTATION_FAILED` when there is none, or none with a key that x509pop knows.
 */
export async function credentialFromWorkloadApi(
  endpoint: string,
  host: Pick<AgentPluginHost, 'fetchX509Svid'>,
  signal: AbortSignal,
): Promise<Credential> {
  const { privateKey, certificates } = await host
    .fetchX509Svid(endpoint, { signal })
    .catch((cause: unknown) => {
      const reason = cause instanceof SignetError ? `: ${cause.message}` : '';
      throw failed(`unable to fetch SVID from workload API${reason}`, cause);
    });
  if (possessionMethod(privateKey) === undefined)
    throw failed('the SVID has a key that is neither RSA nor EC');
  return { privateKey, chainDer: certificates.map(({ der }) => der) };
}

function failed(message: string, cause?: unknown): AttestationError {
  return new AttestationError('ERR_ATTESTATION_FAILED', message, { cause });
}
