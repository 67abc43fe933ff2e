import { status } from '@grpc/grpc-js';
import { X509Source } from '../source/x509-source.ts';
import { soon } from './soon.ts';
import { FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import type { TestCa, TestX509SvidOptions } from '../../../../test/kit/test-ca.ts';
import { x509Message } from '../../../../test/kit/workload-messages.ts';

/** What a {@link TestSource} is given. */
export interface TestSourceOptions extends TestX509SvidOptions {
  /** Issues its SVIDs; default: the only trusted CA of its trust domain. */
  readonly bundle?: readonly TestCa[];
  readonly federated?: readonly TestCa[];
}

/** An X509Source of a workload, over a Workload API that the test commands. */
export class TestSource implements AsyncDisposable {
  readonly api: FakeWorkloadApi;
  readonly source: X509Source;
  readonly #ca: TestCa;
  readonly #path: string;
  readonly #options: TestSourceOptions;

  private constructor(
    api: FakeWorkloadApi,
    source: X509Source,
    [ca, path, options]: readonly [TestCa, string, TestSourceOptions],
  ) {
    this.api = api;
    this.source = source;
    this.#ca = ca;
    this.#path = path;
    this.#options = options;
  }

  /** Opens the source of a workload with this path. */
  static async open(ca: TestCa, path: string, options: TestSourceOptions = {}): Promise<TestSource> {
    const api = await FakeWorkloadApi.start();
    await pushSvid(api, ca, path, options);
    const source = await X509Source.open({ endpoint: api.endpoint });
    return new TestSource(api, source, [ca, path, options]);
  }

  /** Serial number of the SVID that is current. */
  get serial(): string {
    return this.source.svid.leaf.serialHex;
  }

  /** Gives it a new SVID, and waits until the source has it. */
  async rotate(options: TestSourceOptions = {}): Promise<void> {
    const updated = this.updated();
    await pushSvid(this.api, this.#ca, this.#path, { ...this.#options, ...options });
    await soon(updated);
  }

  /** Takes its SVID away, and waits until the source has noticed. */
  async withdraw(): Promise<void> {
    const noticed = new Promise<void>((resolve) => {
      const stop = this.source.onFailure(() => {
        stop();
        resolve();
      });
    });
    this.api.x509Svids.fail(status.PERMISSION_DENIED, 'no identity issued');
    await soon(noticed);
  }

  /** Ends at the next update. */
  updated(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.source.onUpdate(() => {
        stop();
        resolve();
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.source.close();
    await this.api[Symbol.asyncDispose]();
  }
}

async function pushSvid(
  api: FakeWorkloadApi,
  ca: TestCa,
  path: string,
  { bundle = [ca], federated = [], ...options }: TestSourceOptions,
): Promise<void> {
  const svid = await ca.issueX509Svid(path, options);
  api.x509Svids.push(x509Message({ svids: [svid], bundle, federated }));
}
