import { joinPath, type SectionSchema } from './section.ts';

/** One row of the configuration reference. */
export interface FieldDescription {
  readonly path: string;
  readonly kind: string;
  readonly required: boolean;
  readonly defaultText?: string;
  readonly doc: string;
}

/** All keys of a schema, blocks before what they hold, for the reference page. */
export function describeSection(schema: SectionSchema, path: string = ''): readonly FieldDescription[] {
  return Object.entries(schema).flatMap(([name, field]) => {
    const fieldPath = joinPath(path, name);
    const { kind, required, doc, defaultText } = field;
    const row = {
      path: fieldPath,
      kind,
      required,
      doc,
      ...(defaultText === undefined ? {} : { defaultText }),
    };
    return [row, ...(field.fields === undefined ? [] : describeSection(field.fields, fieldPath))];
  });
}
