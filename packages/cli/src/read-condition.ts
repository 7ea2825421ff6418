import { AdjutantError, parseOutsideJson } from '@adjutant/core/ports';

/** Values that are words whatever they look like. */
const wordy: ReadonlySet<string> = new Set(['requester', 'risk', 'target', 'source']);

/** Returns a condition as it is written on the command line: name and value. @throws AdjutantError `InvalidInput` */
export function readCondition(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new AdjutantError('InvalidInput', '"--condition" is written name=value.', {
      hint: 'For example --condition channel_public=false.',
    });
  }
  const name = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  return [name, wordy.has(name) ? value : readValue(value)];
}

/** Numbers, true, false and JSON as such; everything else is text. */
function readValue(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch (error) {
    if (AdjutantError.isInstance(error)) throw error;
    return text;
  }
}
