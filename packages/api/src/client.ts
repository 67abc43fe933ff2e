import {
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  makeClientConstructor,
  type ServiceDefinition,
} from '@grpc/grpc-js';

/**
 * A client of one service, typed by its generated client interface.
 *
 * @param service - one of the service constants of this package.
 * @param address - a gRPC target: `unix:/path`, `dns:///host:port`, `ipv4:1.2.3.4:5`.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the generated client
export function createClient<TypedClient extends Client>(
  service: ServiceDefinition,
  address: string,
  credentials: ChannelCredentials,
  options: ClientOptions = {},
): TypedClient {
  const Constructor = makeClientConstructor(service, 'Client');
  return new Constructor(address, credentials, options) as unknown as TypedClient;
}
