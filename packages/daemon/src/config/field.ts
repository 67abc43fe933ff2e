import type { Seconds, TrustDomain } from '@signet/core';
import {
  labelledField,
  sectionField,
  sectionListField,
  sectionOrDefaultsField,
  type BlockOptions,
} from './block-field.ts';
import { pluginsField, type PluginStanza } from './plugin-stanza.ts';
import {
  scalarField,
  type FieldOptions,
  type HasDefault,
  type IsRequired,
  type Presence,
} from './scalar-field.ts';
import {
  booleanKind,
  durationKind,
  integerKind,
  textKind,
  trustDomainKind,
  type RangeRules,
  type TextRules,
} from './scalar-kinds.ts';
import type { Field, SectionSchema, SectionValues } from './section.ts';
import { textListField } from './text-list-field.ts';

/** Makes a field whose value is there when it is required or has a default, and may be undefined otherwise. */
export interface ScalarFieldMaker<T, Rules> {
  (options: FieldOptions & Rules & (IsRequired | HasDefault<T>)): Field<T>;
  (options: FieldOptions & Rules): Field<T | undefined>;
}

/** The makers of all fields a schema may hold. */
export interface FieldMakers {
  readonly text: ScalarFieldMaker<string, TextRules>;
  readonly integer: ScalarFieldMaker<number, RangeRules>;
  readonly boolean: ScalarFieldMaker<boolean, object>;
  /** A Go duration; its value is in seconds. */
  readonly duration: ScalarFieldMaker<Seconds, RangeRules>;
  readonly trustDomain: ScalarFieldMaker<TrustDomain, object>;
  textList(options: FieldOptions & Pick<TextRules, 'check'>): Field<readonly string[]>;
  /** A block; undefined when it is absent. */
  section<S extends SectionSchema>(options: BlockOptions<S>): Field<SectionValues<S> | undefined>;
  /** A block whose keys have their defaults when it is absent. */
  sectionOrDefaults<S extends SectionSchema>(options: BlockOptions<S>): Field<SectionValues<S>>;
  /** `key "label" { … }` blocks by label, in file order. */
  labelled<S extends SectionSchema>(options: BlockOptions<S>): Field<ReadonlyMap<string, SectionValues<S>>>;
  /** Repeated blocks, in file order. */
  sectionList<S extends SectionSchema>(options: BlockOptions<S>): Field<readonly SectionValues<S>[]>;
  plugins(options: FieldOptions): Field<readonly PluginStanza[]>;
  /** A key that SPIRE knows and we do not have yet: using it is a problem that says so. */
  unsupported(options: FieldOptions): Field<undefined>;
}

function unsupportedField(options: FieldOptions): Field<undefined> {
  return {
    kind: 'unsupported',
    doc: options.doc,
    required: false,
    read(items, path, problems) {
      for (const { position } of items) problems.push({ path, message: 'is not supported yet', position });
      return undefined;
    },
  };
}

/** Declares the keys of a block. A required key that is absent is a problem. */
export const field: FieldMakers = {
  text: ((options: FieldOptions & TextRules & Presence<string>) =>
    scalarField(textKind(options), options)) as ScalarFieldMaker<string, TextRules>,
  integer: ((options: FieldOptions & RangeRules & Presence<number>) =>
    scalarField(integerKind(options), options)) as ScalarFieldMaker<number, RangeRules>,
  boolean: ((options: FieldOptions & Presence<boolean>) =>
    scalarField(booleanKind, options)) as ScalarFieldMaker<boolean, object>,
  duration: ((options: FieldOptions & RangeRules & Presence<Seconds>) =>
    scalarField(durationKind(options), options)) as ScalarFieldMaker<Seconds, RangeRules>,
  trustDomain: ((options: FieldOptions & Presence<TrustDomain>) =>
    scalarField(trustDomainKind, options)) as ScalarFieldMaker<TrustDomain, object>,
  textList: textListField,
  section: sectionField,
  sectionOrDefaults: sectionOrDefaultsField,
  labelled: labelledField,
  sectionList: sectionListField,
  plugins: pluginsField,
  unsupported: unsupportedField,
};
