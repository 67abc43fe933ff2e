import { copyOf, type DerNode, nodesOf, readTree, writeTree } from './der-tree.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

const TYPES = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x81, 0x82,
  0x86, 0xa0, 0xa1, 0xa3,
];
const MOST_COPIES = 3_000;
const NONE = new Uint8Array();

type Change = (node: DerNode, parent: DerNode, random: Random, others: readonly DerNode[]) => void;

const CHANGES: readonly Change[] = [
  (node, parent) => replace(parent, node, []),
  (node, parent) => replace(parent, node, [node, copyOf(node)]),
  (node, parent, random) => {
    const other = random.pick(parent.members ?? [node]);
    const members = parent.members ?? [];
    [members[members.indexOf(node)], members[members.indexOf(other)]] = [other, node];
  },
  (node, _, random) => (node.type = random.pick(TYPES)),
  (node, _, random) => {
    node.octets = mutateBytes(node.members === undefined ? node.octets : NONE, random);
    node.members = undefined;
  },
  (node, _, random) => (node.octets = mutateBytes(node.octets, random)),
  (node, parent, random) =>
    replace(parent, node, [{ type: random.pick(TYPES), prefix: NONE, members: [node], octets: NONE }]),
  (node, parent) => replace(parent, node, node.members ?? []),
  (node, parent, random, others) => replace(parent, node, [copyOf(random.pick(others))]),
  (node, parent, random, others) => replace(parent, node, [node, copyOf(random.pick(others))]),
];

/** Makes changes to DER whose lengths mostly stay right; half of the time to its octets only. */
export class DerMutator {
  readonly #trees: readonly DerNode[];
  readonly #nodes: readonly DerNode[];

  /** @param seeds - what parts are taken from. */
  constructor(seeds: readonly Uint8Array[]) {
    this.#trees = seeds.map((seed) => {
      const tree = readTree(seed);
      if (tree === undefined) throw new Error('a seed is not DER');
      return tree;
    });
    this.#nodes = this.#trees.flatMap(nodesOf);
  }

  mutate(random: Random): Buffer {
    const seed = random.pick(this.#trees);
    if (random.onceIn(2)) return mutateBytes(writeTree(seed), random);
    const tree = copyOf(seed);
    for (let left = 1 + random.below(3); left > 0; left--) this.#change(tree, random);
    if (random.onceIn(2_000)) multiply(tree, random);
    return writeTree(tree);
  }

  #change(tree: DerNode, random: Random): void {
    const parents = nodesOf(tree).filter(({ members }) => members !== undefined && members.length > 0);
    if (parents.length === 0) return;
    const parent = random.pick(parents);
    random.pick(CHANGES)(random.pick(parent.members ?? []), parent, random, this.#nodes);
  }
}

function replace(parent: DerNode, node: DerNode, by: readonly DerNode[]): void {
  parent.members = (parent.members ?? []).flatMap((each) => (each === node ? by : [each]));
}

/** Many copies of one part, which stay well-formed: for work that grows faster than the input. */
function multiply(tree: DerNode, random: Random): void {
  const parents = nodesOf(tree).filter(({ members }) => members !== undefined && members.length > 0);
  if (parents.length === 0) return;
  const parent = random.pick(parents);
  const node = random.pick(parent.members ?? []);
  replace(parent, node, Array<DerNode>(random.below(MOST_COPIES)).fill(node));
}
