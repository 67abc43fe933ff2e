import { credentials, Metadata } from '@grpc/grpc-js';
import { createClient, type SpiffeWorkloadAPIClient, workloadApiService } from '@signet/api';

/** A workload, this process, that uses JWT-SVIDs. */
export class WorkloadTokens implements Disposable {
  readonly #client: SpiffeWorkloadAPIClient;
  readonly #metadata = new Metadata();

  constructor(socket: string) {
    this.#client = createClient(workloadApiService, `unix:${socket}`, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.default_authority': 'localhost',
    });
    this.#metadata.set('workload.spiffe.io', 'true');
  }

  /** A token of the default identity. Rejects with the status of a refusal. */
  fetch(audience: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#client.FetchJWTSVID({ audience: [audience] }, this.#metadata, soon(), (error, response) => {
        if (error === null) resolve(response?.svids[0]?.svid ?? '');
        else reject(error);
      });
    });
  }

  /** The SPIFFE ID of a token that the agent finds valid. Rejects with the status of a refusal. */
  validate(audience: string, svid: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#client.ValidateJWTSVID({ audience, svid }, this.#metadata, soon(), (error, response) => {
        if (error === null) resolve(response?.spiffe_id ?? '');
        else reject(error);
      });
    });
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

function soon(): { readonly deadline: number } {
  return { deadline: Date.now() + 5_000 };
}
