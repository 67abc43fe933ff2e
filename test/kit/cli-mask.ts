const MASKS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z ]+)-----\n[A-Za-z0-9+/=\n]+-----END \1-----/g, '<$1>'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} \w+/g, '<time>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>'],
  [/"(\w*_at|issued_until)":"[1-9]\d+"/g, '"$1":"<time>"'],
  [/("kid"|"key_id")(: ?)"\w+"/g, '$1$2"<key id>"'],
  [/(\(revocation |^Revocation {6}: |"sequence":")\d{16}/gm, '$1<sequence>'],
  [/(Serial number {5}: )\d+/g, '$1<serial>'],
  [/\blocal:uid:\d+/g, 'local:uid:<uid>'],
  [/^(Serial number {3}: |In decimal {6}: |JTI {13}: |Authority {7}: )(?!\(none\))\S+/gm, '$1<id>'],
  [/("(?:serial|jti|authority_id|authority_key_id)":)"[^"]+"/g, '$1"<id>"'],
  [/^(Task ID {9}: |Task {12}: |Parent {10}: )[\w-]{22}$/gm, '$1<task>'],
  [/"id":"[\w-]{22}"/g, '"id":"<task>"'],
  [/"(deadline)":"[1-9]\d+"/g, '"$1":"<time>"'],
  [/("next_page_token":)"[^"]+"/g, '$1"<token>"'],
  [/("x509svid_serial_number":)"\d+"/g, '$1"<serial>"'],
  [/(Agent version {5}: )\S+/g, '$1<version>'],
  [/("agent_version":)"[^"]+"/g, '$1"<version>"'],
  [/"[A-Za-z0-9+/_-]{40,}={0,2}"/g, '"<bytes>"'],
];

/** What a command printed, without what differs from run to run: IDs, times, keys, versions. */
export function maskCliOutput(text: string): string {
  return MASKS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}
