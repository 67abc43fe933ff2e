/** Names of node attestors that SPIRE has and we do not have yet; both programs say so when one is configured. */
export const laterNodeAttestors: readonly string[] = [
  'aws_iid',
  'azure_imds',
  'azure_msi',
  'gcp_iit',
  'http_challenge',
  'k8s_psat',
  'sshpop',
  'tpm_devid',
];
