import { AdjutantError } from './errors.ts';

/** No body, message or payload that means something is nested further. */
export const deepestJson = 100;

/**
 * Returns what a JSON text from outside holds. How deep it is nested is known before it is parsed: what
 * follows goes down into it step by step.
 * @throws AdjutantError `InvalidInput` where it is nested too deeply; SyntaxError where it is no JSON
 */
export function parseOutsideJson(text: string): unknown {
  if (isTooDeep(text)) {
    throw new AdjutantError(
      'InvalidInput',
      `The JSON is nested more than ${deepestJson} levels deep.`,
      { hint: 'Send it with fewer levels.' },
    );
  }
  return JSON.parse(text);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (inText) {
      if (sign === 92) at += 1;
      else if (sign === 34) inText = false;
    } else if (sign === 34) inText = true;
    else if (sign === 91 || sign === 123) depth += 1;
    else if (sign === 93 || sign === 125) depth -= 1;
    if (depth > deepestJson) return true;
  }
  return false;
}
