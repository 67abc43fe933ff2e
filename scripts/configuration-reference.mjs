// The reference of all configuration keys, made from the schemas that the programs read their files with.
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { configFileSchema as agentFile } from '../packages/agent/src/config/config-file-schema.ts';
import { describeSection } from '../packages/daemon/src/config/describe-section.ts';
import { agentPlugins } from '../packages/plugins/src/agent.ts';
import { serverPlugins } from '../packages/plugins/src/server.ts';
import { configFileSchema as serverFile } from '../packages/server/src/config/config-file-schema.ts';
import { datastoreKeys, laterDatastoreKeys } from '../packages/server/src/config/datastore-stanza.ts';

export const DOCUMENT = 'docs/configuration.md';

const OURS = new Set([
  'server.jwt_svid_jti',
  'server.status_list_uri',
  'server.ledger_sync',
  'server.ledger_retention',
  'server.disable_ledger',
  'server.agent_feed_heartbeat',
  'status_listener',
  'status_listener.bind_address',
  'status_listener.bind_port',
  'agent.fail_closed_after',
  'agent.fail_closed_scope',
]);
const NOT_YET = new Set(['plugins.plugin_data_file', 'plugins.plugin_cmd']);
/** Whose values are there with those only. */
const OF_COMMANDS = new Set(['plugins.plugin_args', 'plugins.plugin_checksum']);

// Factories know the names of their keys, and this file what they mean: [type, default, meaning].
const PLUGIN_KEYS = {
  'server KeyManager disk': { keys_path: ['string', 'required', 'File that the keys are kept in.'] },
  'server KeyManager memory': {},
  'server NodeAttestor join_token': {},
  'server NodeAttestor x509pop': {
    mode: [
      'external_pki, spiffe',
      'external_pki',
      'Whether certificates are of a PKI of yours, or X509-SVIDs of this trust domain.',
    ],
    ca_bundle_path: ['string', '', 'PEM file with the roots of that PKI.'],
    ca_bundle_paths: ['list of strings', '', 'Several such files, instead of ca_bundle_path.'],
    agent_path_template: ['string', "SPIRE's for the mode", "Template of the path in the agent's SPIFFE ID."],
    max_intermediates: ['int', '4', 'Intermediate certificates that an agent may send; 1 to 32.'],
    max_rsa_key_size: ['int', '8192', 'Longest RSA key that is taken, in bits; 2048 to 8192.'],
    svid_prefix: ['string', '/spire-exchange/', 'What paths of SVIDs begin with in the mode spiffe.'],
    spiffe_prefix: ['string', '', 'The same by another name, which SPIRE reads.'],
    verify_client_ip: ['bool', 'false', "Whether the certificate has to name the agent's IP address."],
  },
  'server DataStore sql': {
    database_type: ['sqlite3', 'required', 'The kind of database.'],
    connection_string: ['string', 'required', 'Path of its file.'],
  },
  'agent KeyManager disk': { directory: ['string', 'required', 'Directory that the keys are kept in.'] },
  'agent KeyManager memory': {},
  'agent NodeAttestor join_token': {},
  'agent NodeAttestor x509pop': {
    private_key_path: ['string', '', 'PEM file with the key of the certificate.'],
    certificate_path: ['string', '', 'PEM file with the certificate, and possibly its intermediates.'],
    intermediates_path: ['string', '', 'PEM file with more intermediates.'],
    spiffe_endpoint_socket: [
      'string',
      '',
      'Workload API of another agent that certificate and key come from, instead of files.',
    ],
  },
  'agent WorkloadAttestor unix': {
    discover_workload_path: ['bool', 'false', 'Whether programs have selectors of their path and digest.'],
    workload_size_limit: [
      'int',
      '0',
      'Longest program whose digest is made, in bytes; 0 is no limit, less than 0 no digests.',
    ],
  },
};

const code = (text) => (text === '' ? '' : `\`${text}\``);
const cell = (text) => text.replaceAll('|', '\\|');

function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function originOf(path, kind) {
  if (OURS.has(path)) return 'Signet';
  if (kind === 'unsupported' || NOT_YET.has(path)) return 'SPIRE, not yet';
  return 'SPIRE';
}

function keyRow({ path, kind, required, defaultText, doc }) {
  const [type, otherwise] =
    kind === 'unsupported'
      ? ['', '']
      : [kind.replaceAll(' | ', ', '), required ? 'required' : code(defaultText ?? '')];
  const meaning = OF_COMMANDS.has(path) ? `${doc} With \`plugin_cmd\` only.` : doc;
  return [code(path), type, otherwise, originOf(path, kind), meaning];
}

const keyTable = (schema) =>
  table(['Key', 'Type', 'Default', 'Of', 'Meaning'], describeSection(schema).map(keyRow));

function pluginSection(program, type, name, keys) {
  const id = `${program} ${type} ${name}`;
  const documented = PLUGIN_KEYS[id];
  const expected = documented && Object.keys(documented).toSorted().join();
  if (expected !== [...keys].toSorted().join())
    throw new Error(`scripts/configuration-reference.mjs: the keys of ${id} are ${keys.join(', ')}`);
  const rows = Object.entries(documented).map(([key, [kind, otherwise, doc]]) => [
    code(key),
    kind,
    otherwise === 'required' ? otherwise : code(otherwise),
    doc,
  ]);
  const body = rows.length === 0 ? 'No keys.' : table(['Key', 'Type', 'Default', 'Meaning'], rows);
  return `#### \`${type} "${name}"\`\n\n${body}`;
}

function pluginSections(program, plugins) {
  return Object.entries(plugins)
    .flatMap(([type, factories]) =>
      factories.map(({ name, keys }) => pluginSection(program, type, name, keys)),
    )
    .join('\n\n');
}

/** The document as it has to be. */
export async function configurationReference() {
  const later = laterDatastoreKeys.map(code).join(', ');
  const text = `# Configuration

Every key of \`server.conf\` and \`agent.conf\`. This page is made from the schemas that the programs read these files with:
\`node --conditions=@signet/source scripts/configuration-reference.mjs --write\`; \`pnpm lint\` fails when it is not what they say.

- The files are HCL, or JSON, in SPIRE's form. \`signet-server validate\` and \`signet-agent validate\` say what is wrong with one,
  with path and line. Keys match in any case; with \`-expandEnv\`, \`$NAME\` is the environment variable.
- _Of_ says whose key it is. One of SPIRE that is "not yet" there stops the start and says so; an unknown one stops it too,
  with the nearest that is known. A key of Signet is unknown to SPIRE.
- Durations are Go's, such as \`"1h30m"\`. A key without a default is off or not limited when it is absent, unless its meaning
  says otherwise. Most keys of the \`server\` and \`agent\` blocks have a flag of \`run\` that comes before them: \`run -h\`.
- In \`plugins\` a plugin is \`Type "name" { plugin_data { … } }\`; \`plugins.plugin_data\` stands for that of each.

## server.conf

${keyTable(serverFile)}

### Plugins of the server

One \`KeyManager\` and one \`DataStore\` are required; \`join_token\` attests nodes even if it is not named.

${pluginSections('server', serverPlugins)}

${pluginSection('server', 'DataStore', 'sql', datastoreKeys)}

SPIRE's, not yet: ${later}.

## agent.conf

${keyTable(agentFile)}

### Plugins of the agent

One \`KeyManager\`, one \`NodeAttestor\` and at least one \`WorkloadAttestor\` are required.

${pluginSections('agent', agentPlugins)}
`;
  return format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
}

if (process.argv.includes('--write')) writeFileSync(DOCUMENT, await configurationReference());
