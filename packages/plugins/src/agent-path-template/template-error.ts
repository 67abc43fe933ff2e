/** A template, or its use with some data, is refused; the message names no data. */
export class TemplateError extends Error {}
