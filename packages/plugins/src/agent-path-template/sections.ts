import { TemplateError } from './template-error.ts';

/** A template's text and actions in order; an action is what stands between the braces. */
export type Section = { readonly kind: 'text' | 'action'; readonly content: string };

const COMMENT = /^\/\*(?:(?!\*\/)[^])*\*\/$/;

/**
 * Splits a template at its actions, drops comments and carries out the trim markers `{{- ` and ` -}}`.
 *
 * @throws {TemplateError} for an action that does not end.
 */
export function sectionsOf(template: string): readonly Section[] {
  const sections: Section[] = [];
  let trimNext = false;
  for (let at = 0; at < template.length;) {
    const open = indexOr(template, '{{', at, template.length);
    const trimBefore = /^\{\{-\s/.test(template.slice(open, open + 4));
    pushText(sections, template.slice(at, open), trimNext, trimBefore);
    if (open === template.length) return sections;
    const close = endOfAction(template, open + 2);
    const inside = template.slice(open + (trimBefore ? 3 : 2), close);
    trimNext = /\s-$/.test(inside);
    pushAction(sections, (trimNext ? inside.slice(0, -1) : inside).trim());
    at = close + 2;
  }
  return sections;
}

function pushText(sections: Section[], text: string, trimStart: boolean, trimEnd: boolean): void {
  const afterStart = trimStart ? text.trimStart() : text;
  const content = trimEnd ? afterStart.trimEnd() : afterStart;
  if (content !== '') sections.push({ kind: 'text', content });
}

function pushAction(sections: Section[], content: string): void {
  if (content === '') throw new TemplateError('an action is empty');
  if (!COMMENT.test(content)) sections.push({ kind: 'action', content });
}

/** Where the braces close; braces within strings do not count. */
function endOfAction(template: string, start: number): number {
  const skip = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\*(?:(?!\*\/)[^])*\*\/|\}\}|[^]/y;
  skip.lastIndex = start;
  for (let found = skip.exec(template); found !== null; found = skip.exec(template)) {
    if (found[0] === '}}') return found.index;
  }
  throw new TemplateError('an action does not end');
}

function indexOr(text: string, wanted: string, from: number, otherwise: number): number {
  const index = text.indexOf(wanted, from);
  return index === -1 ? otherwise : index;
}
