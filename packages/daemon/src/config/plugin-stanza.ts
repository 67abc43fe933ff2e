import { blocksOf, labelledBlocksOf, type LabelledBlock } from './blocks.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { HclItem, Position } from './hcl-value.ts';
import { plainRecord, type ConfigValue } from './plain-value.ts';
import { scalarField } from './scalar-field.ts';
import { booleanKind, textKind } from './scalar-kinds.ts';
import { joinPath, readSection, type Field } from './section.ts';
import { textListField } from './text-list-field.ts';

/** One `Type "name" { … }` of the `plugins` block. Disabled ones are kept: look at `enabled`. */
export interface PluginStanza {
  readonly type: string;
  readonly name: string;
  readonly enabled: boolean;
  /** values of `plugin_data`; empty when it is absent. */
  readonly data: Readonly<Record<string, ConfigValue>>;
  /** `plugin_data_file`: where the data stands instead. */
  readonly dataFile?: string;
  /** `plugin_cmd`: the program of an external plugin. */
  readonly command?: string;
  readonly args: readonly string[];
  /** `plugin_checksum`: SHA-256 of the program, hexadecimal. */
  readonly checksum?: string;
  /** `plugins.NodeAttestor.join_token` */
  readonly path: string;
  readonly position: Position;
}

const NO_DATA: Readonly<Record<string, ConfigValue>> = Object.freeze(
  Object.create(null) as Record<string, ConfigValue>,
);

/** `plugin_data`: kept as plain values, the plugin's own factory checks them. */
const dataField: Field<Readonly<Record<string, ConfigValue>> | undefined> = {
  kind: 'block',
  doc: 'The settings of the plugin.',
  required: false,
  read(items, path, problems) {
    const blocks = blocksOf(items, (item) =>
      problems.push({ path, message: 'must be a block', position: item.position }),
    );
    const [first, second] = blocks;
    if (second !== undefined)
      problems.push({ path, message: 'stands twice', position: second.body.position });
    return first && plainRecord(first.body);
  },
};

const STANZA = {
  enabled: scalarField(booleanKind, { doc: 'Whether the plugin is loaded.', default: true }),
  plugin_data: dataField,
  plugin_data_file: scalarField(textKind({}), { doc: 'File with the settings, instead of plugin_data.' }),
  plugin_cmd: scalarField(textKind({}), { doc: 'Program of an external plugin.' }),
  plugin_args: textListField({ doc: 'Arguments of the program.' }),
  plugin_checksum: scalarField(textKind({}), { doc: 'SHA-256 of the program, hexadecimal.' }),
};

function readStanza(
  type: string,
  { label, item }: LabelledBlock,
  path: string,
  problems: ConfigProblem[],
): PluginStanza {
  const [block] = blocksOf([item], () =>
    problems.push({ path, message: 'must be a block', position: item.position }),
  );
  const values = readSection(STANZA, block?.body, path, problems);
  if (values.plugin_data !== undefined && values.plugin_data_file !== undefined) {
    problems.push({
      path,
      message: 'only one of plugin_data and plugin_data_file can be used',
      position: item.position,
    });
  }
  return {
    type,
    name: label,
    enabled: values.enabled ?? true,
    data: values.plugin_data ?? NO_DATA,
    ...(values.plugin_data_file === undefined ? {} : { dataFile: values.plugin_data_file }),
    ...(values.plugin_cmd === undefined ? {} : { command: values.plugin_cmd }),
    args: values.plugin_args,
    ...(values.plugin_checksum === undefined ? {} : { checksum: values.plugin_checksum }),
    path,
    position: item.position,
  };
}

function readType(type: LabelledBlock, path: string, problems: ConfigProblem[]): readonly PluginStanza[] {
  const typePath = joinPath(path, type.label);
  const notNamed = (item: HclItem): void => {
    problems.push({ path: typePath, message: 'must be a block with a name', position: item.position });
  };
  return labelledBlocksOf([type.item], notNamed).map((plugin) =>
    readStanza(type.label, plugin, joinPath(typePath, plugin.label), problems),
  );
}

function reportDuplicates(stanzas: readonly PluginStanza[], problems: ConfigProblem[]): void {
  const seen = new Set<string>();
  for (const { path, position } of stanzas) {
    if (seen.has(path)) problems.push({ path, message: 'is declared twice', position });
    seen.add(path);
  }
}

/** The `plugins` block: stanzas in the order they are declared; the block itself is required. */
export function pluginsField(options: { readonly doc: string }): Field<readonly PluginStanza[]> {
  return {
    kind: 'plugins',
    doc: options.doc,
    required: true,
    fields: STANZA,
    read(items, path, problems) {
      if (items.length === 0) problems.push({ path, message: 'is required' });
      const types = labelledBlocksOf(items, (item) =>
        problems.push({ path, message: 'must be a block', position: item.position }),
      );
      const stanzas = types.flatMap((type) => readType(type, path, problems));
      reportDuplicates(stanzas, problems);
      return stanzas;
    },
  };
}
