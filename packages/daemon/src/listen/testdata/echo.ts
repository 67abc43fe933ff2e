import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Client,
  credentials,
  Metadata,
  Server,
  type ChannelCredentials,
  type ClientReadableStream,
  type ServiceError,
  type handleServerStreamingCall,
  type handleUnaryCall,
} from '@grpc/grpc-js';
import { connectionGuard } from '../connection-guard.ts';
import { grpcServerOptions } from '../grpc-server-options.ts';
import type { Listener } from '../listener.ts';
import type { Peer } from '../peer.ts';
import type { TlsIdentity } from '../tls-identity.ts';
import { temporaryFolder } from '../../testdata/temporary-folder.ts';

const bytes = { serialize: (value: Buffer): Buffer => value, deserialize: (value: Buffer): Buffer => value };
const base = {
  requestSerialize: bytes.serialize,
  requestDeserialize: bytes.deserialize,
  responseSerialize: bytes.serialize,
  responseDeserialize: bytes.deserialize,
};
const service = {
  who: { ...base, path: '/t.Echo/Who', requestStream: false, responseStream: false },
  hold: { ...base, path: '/t.Echo/Hold', requestStream: false, responseStream: true },
  wait: { ...base, path: '/t.Echo/Wait', requestStream: false, responseStream: false },
} as const;

/** A grpc-js server whose `Who` answers what `describe` says of the peer, and whose `Hold` never ends by itself, nor `Wait` begins. */
export class EchoServer {
  readonly server: Server;
  readonly seen: (Peer | undefined)[] = [];
  listener: Listener | undefined;

  constructor(options: Record<string, number> = {}) {
    const registries = () => (this.listener === undefined ? [] : [this.listener.peers]);
    this.server = new Server({
      ...grpcServerOptions(),
      ...options,
      interceptors: [connectionGuard(registries)],
    });
    const who: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
      const peer = this.listener?.peers.resolve(call.getPeer());
      this.seen.push(peer);
      callback(null, Buffer.from(peer?.kind ?? 'none'));
    };
    const hold: handleServerStreamingCall<Buffer, Buffer> = (call) => void call.write(Buffer.from('held'));
    const wait: handleUnaryCall<Buffer, Buffer> = () => undefined;
    this.server.addService(service, { who, hold, wait });
  }
}

/** A client of EchoServer. */
export class EchoClient {
  readonly client: Client;

  constructor(
    target: string,
    channel: ChannelCredentials = credentials.createInsecure(),
    options: Readonly<Record<string, number>> = {},
  ) {
    this.client = new Client(target, channel, { 'grpc.ssl_target_name_override': 'localhost', ...options });
  }

  who(headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const metadata = Metadata.fromHttp2Headers(headers);
      const deadline = Date.now() + 5000;
      const { path, requestSerialize, responseDeserialize } = service.who;
      this.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, Buffer.from('?'), metadata, { deadline }, (error, value) =>
        error === null ? resolve(String(value)) : reject(error),
      );
    });
  }

  hold(): ClientReadableStream<Buffer> {
    const { path, requestSerialize, responseDeserialize } = service.hold;
    return this.client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, Buffer.from('?'));
  }

  /** The gRPC status that the call ends with; 0 when it succeeds. */
  async status(headers: Readonly<Record<string, string>> = {}): Promise<number> {
    try {
      await this.who(headers);
      return 0;
    } catch (error) {
      return (error as ServiceError).code;
    }
  }

  close(): void {
    this.client.close();
  }
}

/** A fresh self-signed certificate with this common name; usable as both ends and as its own root. */
export function selfSigned(commonName: string): TlsIdentity & { readonly keyPem: string } {
  const directory = temporaryFolder();
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const names = ['-subj', `/CN=${commonName}`, '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...names, ...made], { stdio: 'ignore' });
  const keyPem = readFileSync(key, 'utf8');
  return { certChainPem: readFileSync(cert, 'utf8'), key: createPrivateKey(keyPem), keyPem };
}
