import { describe, expect, it } from '@jest/globals';
import {
  isExpiredEntry,
  isSubset,
  parseSelector,
  parseSpiffeId,
  parseTrustDomain,
  type RegistrationEntry,
  type Selector,
  type SpiffeId,
} from '@signet/core';
import fc from 'fast-check';
import type { AttestedNode } from '../datastore/agent-store.ts';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';
import { EntryIndexMemory } from './entry-index-memory.ts';
import { openEntryIndex } from './entry-index.ts';

const NOW = 1000;
const trustDomain = parseTrustDomain('example.org');
const server = id('/spire/server');

function id(path: string): SpiffeId {
  return parseSpiffeId(`spiffe://example.org${path}`);
}

function entry(entryId: string, fields: Partial<RegistrationEntry> = {}): RegistrationEntry {
  return {
    id: entryId,
    parentId: id('/spire/agent/a'),
    spiffeId: id(`/w/${entryId}`),
    selectors: [parseSelector('unix:uid:1')],
    x509SvidTtl: 0,
    jwtSvidTtl: 0,
    federatesWith: [],
    admin: false,
    downstream: false,
    expiresAt: 0,
    dnsNames: [],
    revisionNumber: 0,
    storeSvid: false,
    hint: '',
    createdAt: 1,
    disableX509SvidPrefetch: false,
    jwtSvidIncludeJti: false,
    ...fields,
  };
}

function node(path: string, selectors: readonly string[], expiresAt = NOW + 10): AttestedNode {
  return {
    id: id(path),
    attestationType: 't',
    serialNumber: '1',
    expiresAt,
    newSerialNumber: '',
    newExpiresAt: 0,
    canReattest: true,
    agentVersion: '',
    selectors: selectors.map(parseSelector),
  };
}

function indexOf(
  entries: readonly RegistrationEntry[],
  nodes: readonly AttestedNode[] = [],
): EntryIndexMemory {
  const index = new EntryIndexMemory(trustDomain);
  for (const one of entries) index.apply({ sequence: 0, kind: 'entry', id: one.id, entry: one });
  for (const one of nodes) index.apply({ sequence: 0, kind: 'agent', id: one.id.uri, node: one });
  return index;
}

function authorized(index: EntryIndexMemory, agent = '/spire/agent/a'): string[] {
  return index
    .authorizedEntries(id(agent), NOW)
    .map((one) => one.id)
    .sort();
}

describe('authorized entries', () => {
  const agent = id('/spire/agent/a');
  const below = { parentId: agent };

  it.each<[string, RegistrationEntry[], AttestedNode[], string[]]>([
    ['nothing when there is nothing', [], [], []],
    ['what hangs directly below the agent, without a node row', [entry('1', below)], [], ['1']],
    ['nothing below another agent', [entry('1', { parentId: id('/spire/agent/b') })], [], []],
    [
      'what hangs below an authorized entry',
      [entry('1', below), entry('2', { parentId: id('/w/1') })],
      [],
      ['1', '2'],
    ],
    [
      'admin, downstream and store_svid entries like others',
      [entry('1', { ...below, admin: true, downstream: true, storeSvid: true })],
      [],
      ['1'],
    ],
    [
      'a circle once',
      [
        entry('1', below),
        entry('2', { parentId: id('/w/1'), spiffeId: id('/w/2') }),
        entry('3', { parentId: id('/w/2'), spiffeId: id('/w/1') }),
      ],
      [],
      ['1', '2', '3'],
    ],
    ['an entry that is its own parent', [entry('1', { ...below, spiffeId: agent })], [], ['1']],
    [
      'below a node alias, the alias itself not',
      [
        entry('alias', { parentId: server, spiffeId: id('/cluster'), selectors: [parseSelector('c:1')] }),
        entry('1', { parentId: id('/cluster') }),
      ],
      [node('/spire/agent/a', ['c:1', 'c:2'])],
      ['1'],
    ],
    [
      'nothing below an alias that wants a selector more',
      [
        entry('alias', {
          parentId: server,
          spiffeId: id('/cluster'),
          selectors: ['c:1', 'c:3'].map(parseSelector),
        }),
        entry('1', { parentId: id('/cluster') }),
      ],
      [node('/spire/agent/a', ['c:1', 'c:2'])],
      [],
    ],
    [
      'nothing below an alias once the SVID of the node has expired',
      [
        entry('alias', { parentId: server, spiffeId: id('/cluster'), selectors: [parseSelector('c:1')] }),
        entry('1', { parentId: id('/cluster') }),
      ],
      [node('/spire/agent/a', ['c:1'], NOW - 1)],
      [],
    ],
    [
      'nothing below an expired alias',
      [
        entry('alias', {
          parentId: server,
          spiffeId: id('/cluster'),
          selectors: [parseSelector('c:1')],
          expiresAt: NOW - 1,
        }),
        entry('1', { parentId: id('/cluster') }),
      ],
      [node('/spire/agent/a', ['c:1'])],
      [],
    ],
    [
      'no expired entry and nothing below it',
      [
        entry('1', { ...below, expiresAt: NOW - 1 }),
        entry('2', { parentId: id('/w/1') }),
        entry('3', { ...below, expiresAt: NOW }),
      ],
      [],
      ['3'],
    ],
    [
      'an entry that two ways lead to once',
      [
        entry('alias', { parentId: server, spiffeId: agent, selectors: [parseSelector('c:1')] }),
        entry('1', below),
      ],
      [node('/spire/agent/a', ['c:1'])],
      ['1'],
    ],
    [
      'no alias without selectors',
      [
        entry('alias', { parentId: server, spiffeId: id('/cluster'), selectors: [] }),
        entry('1', { parentId: id('/cluster') }),
      ],
      [node('/spire/agent/a', ['c:1'])],
      [],
    ],
  ])('hold %s', (_, entries, nodes, expected) => {
    const index = indexOf(entries, nodes);
    expect(authorized(index)).toEqual(expected);
    for (const one of entries) {
      const found = index.authorizedEntry(agent, one.id, NOW);
      expect({ id: one.id, found: found?.id }).toEqual({
        id: one.id,
        found: expected.includes(one.id) ? one.id : undefined,
      });
    }
  });

  it('are empty for an agent of another trust domain', () => {
    const foreign = parseSpiffeId('spiffe://other.org/spire/agent/a');
    const index = indexOf([entry('1', { parentId: foreign })]);
    expect(index.authorizedEntries(foreign, NOW)).toEqual([]);
    expect(index.authorizedEntry(foreign, '1', NOW)).toBeUndefined();
  });
});

describe('caller rights', () => {
  it.each([
    ['no entry', [], { admin: false, downstream: false }],
    ['an admin entry', [{ admin: true }], { admin: true, downstream: false }],
    ['a downstream entry', [{ downstream: true }], { admin: false, downstream: true }],
    ['one of each', [{ admin: true }, { downstream: true }], { admin: true, downstream: true }],
    ['an expired admin entry', [{ admin: true, expiresAt: NOW - 1 }], { admin: false, downstream: false }],
    ['a plain entry', [{}], { admin: false, downstream: false }],
  ])('come from %s', (_, fields, expected) => {
    const entries = fields.map((more, i) => entry(String(i), { spiffeId: id('/caller'), ...more }));
    expect(indexOf(entries).callerRights(id('/caller'), NOW)).toEqual(expected);
  });

  it('go with the entry', () => {
    const index = indexOf([entry('1', { spiffeId: id('/caller'), admin: true })]);
    index.apply({ sequence: 1, kind: 'entry', id: '1', entry: entry('1', { spiffeId: id('/caller') }) });
    expect(index.callerRights(id('/caller'), NOW).admin).toBe(false);
  });
});

/** The rule read literally: scan everything, recurse, remember nothing between calls. */
function oracle(
  entries: readonly RegistrationEntry[],
  nodes: readonly AttestedNode[],
  agent: SpiffeId,
): string[] {
  const current = entries.filter((one) => !isExpiredEntry(one, NOW));
  const selectors =
    nodes.find((one) => one.id.equals(agent) && one.expiresAt >= NOW)?.selectors ?? ([] as Selector[]);
  const aliases = current.filter((one) => one.parentId.equals(server) && isSubset(one.selectors, selectors));
  const found = new Set<string>();
  const walk = (parent: SpiffeId, trail: readonly string[]): void => {
    if (trail.includes(parent.uri)) return;
    for (const child of current.filter((one) => one.parentId.equals(parent))) {
      found.add(child.id);
      walk(child.spiffeId, [...trail, parent.uri]);
    }
  };
  walk(agent, []);
  for (const alias of aliases) walk(alias.spiffeId, []);
  return [...found].sort();
}

describe('the index under random changes', () => {
  const path = fc.constantFrom('/spire/agent/a', '/spire/agent/b', '/x', '/y', '/z');
  const parent = fc.oneof(
    { weight: 3, arbitrary: path },
    { weight: 1, arbitrary: fc.constant('/spire/server') },
  );
  const selectors = fc.uniqueArray(fc.constantFrom('s:1', 's:2', 's:3'), { minLength: 1 });
  const expiresAt = fc.constantFrom(0, 0, 0, NOW - 1, NOW + 1);
  const entryId = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8');
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ entryId, parent, path, selectors, expiresAt }).map((at) => ({
      sequence: 1,
      kind: 'entry' as const,
      id: at.entryId,
      entry: entry(at.entryId, {
        parentId: id(at.parent),
        spiffeId: id(at.path),
        selectors: at.selectors.map(parseSelector),
        expiresAt: at.expiresAt,
      }),
    })),
    entryId.map((gone) => ({ sequence: 1, kind: 'entry' as const, id: gone })),
    fc
      .record({ path, selectors, isExpired: fc.boolean() })
      .map((at) => node(at.path, at.selectors, at.isExpired ? NOW - 1 : NOW))
      .map((attested) => ({ sequence: 1, kind: 'agent' as const, id: attested.id.uri, node: attested })),
    path.map((gone) => ({ sequence: 1, kind: 'agent' as const, id: id(gone).uri })),
  );

  it('answers as a naive scan does, after every change', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const index = new EntryIndexMemory(trustDomain);
        const entries = new Map<string, RegistrationEntry>();
        const nodes = new Map<string, AttestedNode>();
        for (const one of changes) {
          index.apply(one);
          if (one.kind === 'entry') setOrDelete(entries, one.id, one.entry);
          if (one.kind === 'agent') setOrDelete(nodes, one.id, one.node);
          for (const agent of ['/spire/agent/a', '/spire/agent/b']) {
            const expected = oracle([...entries.values()], [...nodes.values()], id(agent));
            const found = index.authorizedEntries(id(agent), NOW);
            // As a list: nothing comes twice.
            expect(found.map((each) => each.id).sort()).toEqual(expected);
            for (const each of entries.values()) {
              const isFound = index.authorizedEntry(id(agent), each.id, NOW) !== undefined;
              expect(isFound).toBe(expected.includes(each.id));
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('openEntryIndex', () => {
  /** A datastore whose pages come when the test says so. */
  function slowDatastore(entries: readonly RegistrationEntry[]): {
    datastore: Pick<Datastore, 'entries' | 'agents' | 'changes'>;
    commit: (change: Change) => void;
    release: () => void;
  } {
    let commit: (changes: readonly Change[]) => void = () => undefined;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const list = async (): Promise<unknown> => {
      await released;
      return { items: entries, nextPageToken: '' };
    };
    const agents = { list: () => Promise.resolve({ items: [], nextPageToken: '' }) };
    const changes = {
      onCommit: (listener: typeof commit) => {
        commit = listener;
        return () => (commit = () => undefined);
      },
    };
    return {
      datastore: { entries: { list }, agents, changes } as unknown as Datastore,
      commit: (change) => commit([change]),
      release: () => release(),
    };
  }

  it('lets commits during the load win over what the pages said', async () => {
    const { datastore, commit, release } = slowDatastore([entry('stale'), entry('deleted')]);
    const opening = openEntryIndex(datastore, trustDomain);
    commit({ sequence: 1, kind: 'entry', id: 'stale', entry: entry('stale', { hint: 'fresh' }) });
    commit({ sequence: 2, kind: 'entry', id: 'deleted' });
    commit({ sequence: 3, kind: 'entry', id: 'added', entry: entry('added') });
    release();
    const index = await opening;
    const found = index.authorizedEntries(id('/spire/agent/a'), NOW);
    expect(found.map((one) => [one.id, one.hint])).toEqual([
      ['stale', 'fresh'],
      ['added', ''],
    ]);
  });

  it('follows commits until it is closed', async () => {
    const { datastore, commit, release } = slowDatastore([]);
    release();
    const index = await openEntryIndex(datastore, trustDomain);
    commit({ sequence: 1, kind: 'entry', id: '1', entry: entry('1') });
    index.close();
    commit({ sequence: 2, kind: 'entry', id: '2', entry: entry('2') });
    expect(index.authorizedEntries(id('/spire/agent/a'), NOW).map((one) => one.id)).toEqual(['1']);
  });
});

function setOrDelete<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
