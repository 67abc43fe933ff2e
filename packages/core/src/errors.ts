/** Codes that say only what kind of failure it was; usable with every class. */
export type GenericErrorCode =
  | 'ERR_INVALID_ARGUMENT'
  | 'ERR_NOT_FOUND'
  | 'ERR_ALREADY_EXISTS'
  | 'ERR_PERMISSION_DENIED'
  | 'ERR_FAILED_PRECONDITION'
  | 'ERR_UNAVAILABLE'
  | 'ERR_RESOURCE_EXHAUSTED'
  | 'ERR_UNIMPLEMENTED'
  | 'ERR_UNAUTHENTICATED'
  | 'ERR_ABORTED'
  | 'ERR_INTERNAL';

/** Why a text is not a SPIFFE ID or trust domain, or not the kind of ID asked for. */
export type SpiffeIdErrorCode =
  | 'ERR_SPIFFE_ID_MISSING'
  | 'ERR_SPIFFE_ID_TOO_LONG'
  | 'ERR_SPIFFE_ID_SCHEME'
  | 'ERR_SPIFFE_ID_USERINFO'
  | 'ERR_SPIFFE_ID_PORT'
  | 'ERR_SPIFFE_ID_QUERY'
  | 'ERR_SPIFFE_ID_FRAGMENT'
  | 'ERR_SPIFFE_ID_PERCENT_ENCODED'
  | 'ERR_SPIFFE_ID_PATH_CHARACTER'
  | 'ERR_SPIFFE_ID_PATH_EMPTY_SEGMENT'
  | 'ERR_SPIFFE_ID_PATH_DOT_SEGMENT'
  | 'ERR_SPIFFE_ID_PATH_TRAILING_SLASH'
  | 'ERR_SPIFFE_ID_PATH_LEADING_SLASH'
  | 'ERR_SPIFFE_ID_PATH_MISSING'
  | 'ERR_SPIFFE_ID_NOT_MEMBER'
  | 'ERR_SPIFFE_ID_RESERVED'
  | 'ERR_SPIFFE_ID_NOT_AGENT'
  | 'ERR_SPIFFE_ID_MISMATCH'
  | 'ERR_TRUST_DOMAIN_EMPTY'
  | 'ERR_TRUST_DOMAIN_TOO_LONG'
  | 'ERR_TRUST_DOMAIN_UPPERCASE'
  | 'ERR_TRUST_DOMAIN_CHARACTER';

/** Why a public or private key is refused. */
export type KeyErrorCode =
  | 'ERR_KEY_MALFORMED'
  | 'ERR_KEY_TYPE'
  | 'ERR_KEY_SIZE'
  | 'ERR_KEY_CURVE'
  | 'ERR_KEY_WEAK'
  | 'ERR_KEY_MISMATCH';

/** Why bytes are not DER. */
export type DerErrorCode =
  | 'ERR_DER_TRUNCATED'
  | 'ERR_DER_LENGTH'
  | 'ERR_DER_TAG'
  | 'ERR_DER_VALUE'
  | 'ERR_DER_ORDER'
  | 'ERR_DER_TRAILING'
  | 'ERR_DER_TOO_DEEP';

/** Why a certificate or a chain is refused. */
export type X509ErrorCode =
  | 'ERR_X509_MALFORMED'
  | 'ERR_X509_TOO_LARGE'
  | 'ERR_X509_VERSION'
  | 'ERR_X509_EXPIRED'
  | 'ERR_X509_NOT_YET_VALID'
  | 'ERR_X509_SIGNATURE'
  | 'ERR_X509_SIGNATURE_ALGORITHM'
  | 'ERR_X509_NOT_CA'
  | 'ERR_X509_KEY_USAGE'
  | 'ERR_X509_PATH_LENGTH'
  | 'ERR_X509_NAME_CONSTRAINTS'
  | 'ERR_X509_CRITICAL_EXTENSION'
  | 'ERR_X509_CHAIN_TOO_LONG'
  | 'ERR_X509_WORK_LIMIT'
  | 'ERR_X509_NO_PATH'
  | 'ERR_X509_SERIAL'
  | 'ERR_X509_VALIDITY'
  | 'ERR_X509_ISSUER'
  | 'ERR_X509_SUBJECT'
  | 'ERR_X509_EXTENSION'
  | 'ERR_X509_DUPLICATE_EXTENSION'
  | 'ERR_X509_EXT_KEY_USAGE'
  | 'ERR_X509_BASIC_CONSTRAINTS'
  | 'ERR_X509_KEY_IDENTIFIER'
  | 'ERR_X509_SAN'
  | 'ERR_PEM_MALFORMED';

/** Why a certificate revocation list is refused. */
export type CrlErrorCode =
  | 'ERR_CRL_MALFORMED'
  | 'ERR_CRL_TOO_LARGE'
  | 'ERR_CRL_VERSION'
  | 'ERR_CRL_EXTENSION'
  | 'ERR_CRL_ENTRY'
  | 'ERR_CRL_ISSUER'
  | 'ERR_CRL_SIGNATURE'
  | 'ERR_CRL_NOT_YET_VALID'
  | 'ERR_CRL_EXPIRED'
  | 'ERR_CRL_ROLLED_BACK';

/** Why a certificate signing request is refused. */
export type CsrErrorCode =
  | 'ERR_CSR_MALFORMED'
  | 'ERR_CSR_TOO_LARGE'
  | 'ERR_CSR_SIGNATURE'
  | 'ERR_CSR_SIGNATURE_ALGORITHM'
  | 'ERR_CSR_MISSING'
  | 'ERR_CSR_KEY'
  | 'ERR_CSR_URI_SAN_COUNT'
  | 'ERR_CSR_SPIFFE_ID'
  | 'ERR_CSR_DNS_NAME';

/** Why an X509-SVID or JWT-SVID is refused. */
export type SvidErrorCode =
  | 'ERR_X509_SVID_EMPTY'
  | 'ERR_X509_SVID_URI_SAN_COUNT'
  | 'ERR_X509_SVID_SPIFFE_ID'
  | 'ERR_X509_SVID_PATH_MISSING'
  | 'ERR_X509_SVID_CA'
  | 'ERR_X509_SVID_KEY_USAGE'
  | 'ERR_X509_SVID_EXT_KEY_USAGE'
  | 'ERR_X509_SVID_NO_BUNDLE'
  | 'ERR_X509_SVID_UNTRUSTED'
  | 'ERR_X509_SVID_KEY_MISMATCH'
  | 'ERR_X509_SVID_LINT'
  | 'ERR_JWT_TOO_LARGE'
  | 'ERR_JWT_MALFORMED'
  | 'ERR_JWT_HEADER'
  | 'ERR_JWT_ALGORITHM'
  | 'ERR_JWT_TYPE'
  | 'ERR_JWT_CRITICAL'
  | 'ERR_JWT_KEY_ID'
  | 'ERR_JWT_CLAIMS'
  | 'ERR_JWT_SUBJECT'
  | 'ERR_JWT_AUDIENCE'
  | 'ERR_JWT_AUDIENCE_MISMATCH'
  | 'ERR_JWT_EXPECTED_AUDIENCE'
  | 'ERR_JWT_EXPIRY'
  | 'ERR_JWT_EXPIRED'
  | 'ERR_JWT_ISSUED_AT'
  | 'ERR_JWT_ISSUED_IN_FUTURE'
  | 'ERR_JWT_NOT_BEFORE'
  | 'ERR_JWT_NOT_YET_VALID'
  | 'ERR_JWT_NO_BUNDLE'
  | 'ERR_JWT_NO_AUTHORITY'
  | 'ERR_JWT_KEY_MISMATCH'
  | 'ERR_JWT_SIGNATURE'
  | 'ERR_JWT_SIGNER_KEY'
  | 'ERR_SVID_REVOKED'
  | 'ERR_REVOCATIONS_STALE';

/** Why a text is not the strict JSON that is read here. */
export type JsonErrorCode =
  'ERR_JSON_MALFORMED' | 'ERR_JSON_DUPLICATE_MEMBER' | 'ERR_JSON_TOO_DEEP' | 'ERR_JSON_TOO_LARGE';

/** Why a bundle or bundle document is refused, or a change to it not possible. */
export type BundleErrorCode =
  | 'ERR_BUNDLE_DOCUMENT'
  | 'ERR_BUNDLE_KEYS_MISSING'
  | 'ERR_BUNDLE_TOO_MANY_KEYS'
  | 'ERR_BUNDLE_SEQUENCE'
  | 'ERR_BUNDLE_REFRESH_HINT'
  | 'ERR_BUNDLE_JWK'
  | 'ERR_BUNDLE_KEY_ID'
  | 'ERR_BUNDLE_DUPLICATE_KEY_ID'
  | 'ERR_BUNDLE_X509_AUTHORITY'
  | 'ERR_BUNDLE_AUTHORITY_NOT_FOUND'
  | 'ERR_BUNDLE_ALREADY_TAINTED'
  | 'ERR_BUNDLE_NOT_TAINTED'
  | 'ERR_BUNDLE_TRUST_DOMAIN';

/** Why a selector or a set of selectors is refused. */
export type SelectorErrorCode =
  | 'ERR_SELECTOR_TYPE_MISSING'
  | 'ERR_SELECTOR_TYPE_COLON'
  | 'ERR_SELECTOR_VALUE_MISSING'
  | 'ERR_SELECTOR_SYNTAX';

/** Why a registration entry is refused. */
export type EntryErrorCode =
  | 'ERR_ENTRY_PARENT_ID'
  | 'ERR_ENTRY_SPIFFE_ID'
  | 'ERR_ENTRY_SELECTORS_EMPTY'
  | 'ERR_ENTRY_DUPLICATE_SELECTOR'
  | 'ERR_ENTRY_DNS_NAME'
  | 'ERR_ENTRY_DUPLICATE_DNS_NAME'
  | 'ERR_ENTRY_FEDERATES_WITH'
  | 'ERR_ENTRY_HINT_TOO_LONG'
  | 'ERR_ENTRY_ID'
  | 'ERR_ENTRY_TTL'
  | 'ERR_ENTRY_STORE_SVID'
  | 'ERR_ENTRY_SIMILAR_EXISTS';

/** Why an attestation of a node or a workload failed. */
export type AttestationErrorCode =
  | 'ERR_JOIN_TOKEN_UNKNOWN'
  | 'ERR_JOIN_TOKEN_EXPIRED'
  | 'ERR_ATTESTOR_NOT_CONFIGURED'
  | 'ERR_ATTESTATION_PAYLOAD'
  | 'ERR_ATTESTATION_CHALLENGE'
  | 'ERR_ATTESTATION_FAILED'
  | 'ERR_ATTESTATION_AGENT_ID'
  | 'ERR_WORKLOAD_GONE'
  | 'ERR_WORKLOAD_CHANGED';

/** Why a caller is refused. The `AGENT_*` codes are SPIRE's permission-denied reasons. */
export type AuthorizationErrorCode =
  | 'ERR_AUTHORIZATION_DENIED'
  | 'ERR_AGENT_EXPIRED'
  | 'ERR_AGENT_NOT_ATTESTED'
  | 'ERR_AGENT_NOT_ACTIVE'
  | 'ERR_AGENT_BANNED'
  | 'ERR_AGENT_MUST_REATTEST'
  | 'ERR_CALLER_SVID'
  | 'ERR_SECURITY_HEADER'
  | 'ERR_NO_IDENTITY_ISSUED';

/** Why an X.509 or JWT authority cannot be used or changed. */
export type AuthorityErrorCode =
  | 'ERR_AUTHORITY_NOT_READY'
  | 'ERR_AUTHORITY_STATE'
  | 'ERR_AUTHORITY_UNKNOWN'
  | 'ERR_AUTHORITY_EXPIRED'
  | 'ERR_AUTHORITY_JOURNAL'
  | 'ERR_SIGNING_FAILED'
  | 'ERR_SIGNING_WORKER_LOST'
  | 'ERR_SIGNING_QUEUE_FULL'
  | 'ERR_JWT_DISABLED';

/** Why the datastore could not do what was asked. */
export type StoreErrorCode =
  | 'ERR_LEDGER_BACKLOG'
  | 'ERR_LEDGER_RECORD'
  | 'ERR_LEDGER_RECORD_SIZE'
  | 'ERR_LEDGER_UNAVAILABLE'
  | 'ERR_STORE_CLOSED'
  | 'ERR_STORE_CONFLICT'
  | 'ERR_STORE_CORRUPT'
  | 'ERR_STORE_FEDERATED_BUNDLE'
  | 'ERR_STORE_LOCKED'
  | 'ERR_STORE_NOT_DURABLE'
  | 'ERR_STORE_PAGE_TOKEN'
  | 'ERR_STORE_SCHEMA_VERSION'
  | 'ERR_STORE_UNAVAILABLE';

/** Why a task cannot be begun or used. */
export type TaskErrorCode =
  | 'ERR_TASK_AUDIENCE'
  | 'ERR_TASK_BUDGET'
  | 'ERR_TASK_ENDED'
  | 'ERR_TASK_LIMIT'
  | 'ERR_TASK_ONLY'
  | 'ERR_TASK_SCOPE';

/** Why a plugin failed. */
export type PluginErrorCode =
  | 'ERR_PLUGIN_UNKNOWN'
  | 'ERR_PLUGIN_CONFIG'
  | 'ERR_PLUGIN_FAILED'
  | 'ERR_KEY_MANAGER_STORAGE'
  | 'ERR_KEY_FILE_INSECURE'
  | 'ERR_KEY_FILE_DAMAGED';

/** Why a configuration is refused. */
export type ConfigErrorCode =
  'ERR_CONFIG_SYNTAX' | 'ERR_CONFIG_INVALID' | 'ERR_CONFIG_FILE' | 'ERR_CONFIG_FLAG';

/** Why a call was held back. */
export type RateLimitErrorCode = 'ERR_RATE_LIMITED' | 'ERR_RATE_BURST_EXCEEDED';

/** Why the agent cannot go on. */
export type AgentErrorCode =
  | 'ERR_AGENT_BOOTSTRAP'
  | 'ERR_AGENT_DATA'
  | 'ERR_AGENT_KEY'
  | 'ERR_AGENT_NOT_SYNCED'
  | 'ERR_AGENT_SVID_EXPIRED'
  | 'ERR_AGENT_SHUTDOWN';

/** Why a program cannot run safely on this machine, or a local peer cannot be known. */
export type ProcessErrorCode =
  | 'ERR_PROCESS_NODE_OPTIONS'
  | 'ERR_PROCESS_INSPECTOR'
  | 'ERR_PROCESS_SYSTEM_CALL'
  | 'ERR_PROCESS_DATA_DIR_LOCKED'
  | 'ERR_PROCESS_DIRECTORY'
  | 'ERR_LISTEN_ADDRESS'
  | 'ERR_SOCKET_PATH_UNSAFE'
  | 'ERR_SOCKET_IN_USE'
  | 'ERR_PEER_CREDENTIALS';

/** Every code of the project; one code per reason, stable, the thing to match on. */
export type ErrorCode =
  | GenericErrorCode
  | SpiffeIdErrorCode
  | KeyErrorCode
  | DerErrorCode
  | X509ErrorCode
  | CrlErrorCode
  | CsrErrorCode
  | SvidErrorCode
  | JsonErrorCode
  | BundleErrorCode
  | SelectorErrorCode
  | EntryErrorCode
  | AttestationErrorCode
  | AuthorizationErrorCode
  | AuthorityErrorCode
  | StoreErrorCode
  | TaskErrorCode
  | PluginErrorCode
  | ConfigErrorCode
  | RateLimitErrorCode
  | AgentErrorCode
  | ProcessErrorCode;

/** What may accompany an error: the cause is for logs only, details may be shown. */
export interface SignetErrorOptions {
  readonly cause?: unknown;
  readonly details?: unknown;
}

/**
 * An error with a stable code. The message is safe to show: no secret, key, token or SQL is ever in it.
 */
export class SignetError extends Error {
  readonly code: ErrorCode;
  readonly details?: unknown;

  constructor(code: ErrorCode, message: string, options: SignetErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    if ('details' in options) this.details = options.details;
  }
}

/** A SPIFFE ID or trust domain is malformed or of the wrong kind. */
export class SpiffeIdError extends SignetError {}
/** Bytes are not DER. */
export class DerError extends SignetError {}
/** A certificate, key or chain is refused. */
export class X509Error extends SignetError {}
/** A certificate signing request is refused. */
export class CsrError extends SignetError {}
/** An X509-SVID or JWT-SVID is refused. */
export class SvidError extends SignetError {}
/** A text is not the strict JSON that is read here. */
export class JsonError extends SignetError {}
/** A bundle or bundle document is refused. */
export class BundleError extends SignetError {}
/** A selector is refused. */
export class SelectorError extends SignetError {}
/** A registration entry is refused. */
export class EntryError extends SignetError {}
/** A node or workload could not be attested. */
export class AttestationError extends SignetError {}
/** A caller may not do what it asked for. */
export class AuthorizationError extends SignetError {}
/** An authority cannot be used or changed as asked. */
export class AuthorityError extends SignetError {}
/** The datastore refused or failed. */
export class StoreError extends SignetError {}
/** A task cannot be begun or used as asked. */
export class TaskError extends SignetError {}
/** A plugin refused or failed. */
export class PluginError extends SignetError {}
/** A configuration is refused. */
export class ConfigError extends SignetError {}
/** A call was held back by a limit. */
export class RateLimitError extends SignetError {}
/** The agent cannot go on as it is. */
export class AgentError extends SignetError {}
/** The program cannot run safely here, or a local peer cannot be known. */
export class ProcessError extends SignetError {}
