import { blocksOf, labelledBlocksOf } from './blocks.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { HclItem } from './hcl-value.ts';
import { joinPath, readSection, type Field, type SectionSchema, type SectionValues } from './section.ts';

/** A block and the keys that it may hold. */
export interface BlockOptions<S extends SectionSchema> {
  readonly doc: string;
  readonly fields: S;
}

function notABlock(path: string, problems: ConfigProblem[]): (item: HclItem) => void {
  return (item) => problems.push({ path, message: 'must be a block', position: item.position });
}

/** Repeated blocks, in file order. */
export function sectionListField<S extends SectionSchema>(
  options: BlockOptions<S>,
): Field<readonly SectionValues<S>[]> {
  return {
    kind: 'blocks',
    doc: options.doc,
    required: false,
    fields: options.fields,
    read(items, path, problems) {
      const blocks = blocksOf(items, notABlock(path, problems));
      return blocks.map(({ body }, index) =>
        readSection(options.fields, body, `${path}[${index}]`, problems),
      );
    },
  };
}

/** One block; undefined when it is absent. Repeating it is a problem. */
export function sectionField<S extends SectionSchema>(
  options: BlockOptions<S>,
): Field<SectionValues<S> | undefined> {
  return {
    kind: 'block',
    doc: options.doc,
    required: false,
    fields: options.fields,
    read(items, path, problems) {
      const blocks = blocksOf(items, notABlock(path, problems));
      const [first, second] = blocks;
      if (second !== undefined)
        problems.push({ path, message: 'stands twice', position: second.body.position });
      return first && readSection(options.fields, first.body, path, problems);
    },
  };
}

/** One block whose keys have their defaults when it is absent. */
export function sectionOrDefaultsField<S extends SectionSchema>(
  options: BlockOptions<S>,
): Field<SectionValues<S>> {
  const optional = sectionField(options);
  return {
    ...optional,
    read: (items, path, problems) =>
      optional.read(items, path, problems) ?? readSection(options.fields, undefined, path, problems),
  };
}

/** `key "label" { … }` blocks by label, in file order. */
export function labelledField<S extends SectionSchema>(
  options: BlockOptions<S>,
): Field<ReadonlyMap<string, SectionValues<S>>> {
  return {
    kind: 'labelled blocks',
    doc: options.doc,
    required: false,
    fields: options.fields,
    read(items, path, problems) {
      const sections = new Map<string, SectionValues<S>>();
      for (const { label, item } of labelledBlocksOf(items, notABlock(path, problems))) {
        const labelPath = joinPath(path, label);
        const [block] = blocksOf([item], notABlock(labelPath, problems));
        if (sections.has(label))
          problems.push({ path: labelPath, message: 'stands twice', position: item.position });
        if (block !== undefined)
          sections.set(label, readSection(options.fields, block.body, labelPath, problems));
      }
      return sections;
    },
  };
}
