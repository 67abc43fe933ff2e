import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePem } from '@signet/core';
import { x509popStanza } from './deployment-config.ts';
import { TestCa } from './test-ca.ts';

/** A certificate authority for nodes, and the certificates it gave out, as files. */
export class NodeCa {
  readonly #ca: TestCa;
  readonly #folder: string;

  private constructor(ca: TestCa, folder: string) {
    this.#ca = ca;
    this.#folder = folder;
  }

  /** Makes one; its files go into the folder. */
  static async create(folder: string): Promise<NodeCa> {
    const nodeCa = new NodeCa(await TestCa.create('example.org', { name: 'nodes' }), folder);
    await mkdir(folder, { recursive: true });
    await writeFile(nodeCa.#bundlePath, encodePem('CERTIFICATE', nodeCa.#ca.der));
    return nodeCa;
  }

  /** The stanza of a server that admits its nodes. */
  get serverStanza(): string {
    return `NodeAttestor "x509pop" { plugin_data { ca_bundle_path = "${this.#bundlePath}" } }`;
  }

  /** Gives a node a certificate. @param uris - such as `x509pop://example.org/cluster/eu`. @returns the agent's stanza. */
  async admit(node: string, uris: readonly string[]): Promise<string> {
    const { chain, key } = await this.#ca.issueX509Svid(`/${node}`, { uris });
    const [certificatePath, keyPath] = [join(this.#folder, `${node}.pem`), join(this.#folder, `${node}.key`)];
    await writeFile(certificatePath, chain.map((der) => encodePem('CERTIFICATE', der)).join(''));
    await writeFile(keyPath, encodePem('PRIVATE KEY', key), { mode: 0o600 });
    return x509popStanza(certificatePath, keyPath);
  }

  get #bundlePath(): string {
    return join(this.#folder, 'nodes.pem');
  }
}
