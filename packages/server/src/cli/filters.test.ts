import { describe, expect, it } from '@jest/globals';
import { agentFilterOf } from './agent-filter.ts';
import { entryFilterOf } from './entry-filter.ts';

const noEntryFilter = {
  socketPath: '',
  instance: '',
  output: 'pretty',
  parentID: '',
  spiffeID: '',
  selector: [],
  matchSelectorsOn: 'superset',
  federatesWith: [],
  matchFederatesWithOn: 'superset',
  hint: '',
  downstream: false,
};
const noAgentFilter = {
  socketPath: '',
  instance: '',
  output: 'pretty',
  selector: [],
  matchSelectorsOn: 'superset',
  attestationType: '',
  canReattest: '',
  banned: '',
  expiresBefore: '',
};

describe('entryFilterOf', () => {
  it('is empty without flags', () => {
    expect(entryFilterOf(noEntryFilter)).toEqual({});
  });

  it('has each flag that is given', () => {
    const flags = {
      ...noEntryFilter,
      parentID: 'spiffe://example.org/node',
      spiffeID: 'spiffe://example.org/web',
      selector: ['unix:uid:1'],
      matchSelectorsOn: 'any',
      federatesWith: ['other.org'],
      matchFederatesWithOn: 'subset',
      hint: 'internal',
      downstream: true,
    };
    expect(entryFilterOf(flags)).toEqual({
      by_parent_id: { trust_domain: 'example.org', path: '/node' },
      by_spiffe_id: { trust_domain: 'example.org', path: '/web' },
      by_selectors: { selectors: [{ type: 'unix', value: 'uid:1' }], match: 'MATCH_ANY' },
      by_federates_with: { trust_domains: ['other.org'], match: 'MATCH_SUBSET' },
      by_hint: { value: 'internal' },
      by_downstream: { value: true },
    });
  });

  it.each([
    ['a parent ID', { parentID: 'x' }, /^error parsing parent ID "x": /],
    ['a SPIFFE ID', { spiffeID: 'x' }, /^error parsing SPIFFE ID "x": /],
    [
      'a selector',
      { selector: ['x'] },
      'error parsing selectors: selector "x" must be formatted as type:value',
    ],
    ['a mode', { selector: ['a:b'], matchSelectorsOn: 'x' }, 'match behavior "x" unknown'],
    ['a mode', { federatesWith: ['a'], matchFederatesWithOn: 'x' }, 'match behavior "x" unknown'],
  ])('refuses %s that it cannot read', (_, flags, message) => {
    expect(() => entryFilterOf({ ...noEntryFilter, ...flags })).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_FLAG',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });

  it('does not look at a mode that matters to nothing', () => {
    expect(entryFilterOf({ ...noEntryFilter, matchSelectorsOn: 'x' })).toEqual({});
  });
});

describe('agentFilterOf', () => {
  it.each([
    ['nothing', {}, {}],
    ['attestation type', { attestationType: 'x509pop' }, { by_attestation_type: 'x509pop' }],
    ['banned', { banned: 'true' }, { by_banned: { value: true } }],
    ['not banned', { banned: 'false' }, { by_banned: { value: false } }],
    ['any other word about bans', { banned: 'yes' }, {}],
    ['can re-attest', { canReattest: 'true' }, { by_can_reattest: { value: true } }],
    [
      'selectors',
      { selector: ['a:b'], matchSelectorsOn: 'exact' },
      { by_selector_match: { selectors: [{ type: 'a', value: 'b' }], match: 'MATCH_EXACT' } },
    ],
    [
      'a time',
      { expiresBefore: '2027-01-31 12:00:00 -0700 -07' },
      { by_expires_before: '2027-01-31 12:00:00 -0700 -07' },
    ],
  ])('filters by %s', (_, flags, filter) => {
    expect(agentFilterOf({ ...noAgentFilter, ...flags })).toEqual(filter);
  });

  it.each([
    ['a selector without a colon', { selector: ['x'] }],
    ['a mode that is none', { selector: ['a:b'], matchSelectorsOn: 'x' }],
    ['a time in another layout', { expiresBefore: '2027-01-31' }],
    ['a month that is none', { expiresBefore: '2027-13-31 12:00:00 -0700 -07' }],
    ['an hour that is none', { expiresBefore: '2027-12-31 24:00:00 -0700 -07' }],
  ])('refuses %s', (_, flags) => {
    expect(() => agentFilterOf({ ...noAgentFilter, ...flags })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_FLAG' }),
    );
  });
});
