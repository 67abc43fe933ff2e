/** The Prometheus name of a key: prefix and parts joined by `_`, every other character replaced by `_`. */
export function metricName(prefix: string, key: readonly string[]): string {
  return [prefix, ...key].join('_').replace(/[^A-Za-z0-9_]/g, '_');
}

/** A label value as SPIRE writes it: `1.15.3` becomes `1_15_3`. @spec SPIRE telemetry, `\W+_?` → `_` */
export function labelValue(value: string): string {
  return value.slice(0, 128).replace(/[^A-Za-z0-9_]+_?/g, '_');
}

/** `FetchX509SVID` → `fetch_x509svid`, `AttestAgent` → `attest_agent`, `BatchNewX509SVID` → `batch_new_x509svid`. */
function snakeCase(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/([A-Z0-9])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

const AGENT_SERVICES: ReadonlyMap<string, string> = new Map([
  ['SpiffeWorkloadAPI', 'workload_api'],
  ['envoy.service.secret.v3.SecretDiscoveryService', 'sds.v3'],
  ['spire.api.agent.delegatedidentity.v1.DelegatedIdentity', 'delegated_identity'],
  ['spire.api.agent.debug.v1.Debug', 'debug'],
  ['spire.api.agent.logger.v1.Logger', 'logger'],
  ['grpc.health.v1.Health', 'health'],
]);

function servicePart(service: string): string {
  const known = AGENT_SERVICES.get(service);
  return (
    known ??
    service
      .replace(/^spire\.api\.server\./, '')
      .split('.')
      .map(snakeCase)
      .join('.')
  );
}

/**
 * The metric key of a method: `/spire.api.server.agent.v1.Agent/AttestAgent` → rpc, agent, v1, agent, attest_agent.
 *
 * @spec SPIRE telemetry, rpc.<service>.<method>
 */
export function rpcMetricKey(path: string): readonly string[] {
  const [, service = '', method = ''] = path.split('/');
  return ['rpc', ...servicePart(service).split('.'), snakeCase(method)];
}
