import { collectionFunctions } from './collection-functions.ts';
import { encodingFunctions } from './encoding-functions.ts';
import { logicFunctions } from './logic-functions.ts';
import { stringFunctions } from './string-functions.ts';
import type { TemplateFunctions } from './template-function.ts';

/** Every function that a template may call. */
export const templateFunctions: TemplateFunctions = new Map([
  ...logicFunctions,
  ...stringFunctions,
  ...collectionFunctions,
  ...encodingFunctions,
]);
