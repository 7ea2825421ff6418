import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AdjutantError, parseOutsideJson } from '@adjutant/core/ports';
import { z } from 'zod';

const payloadSchema = z.record(z.string(), z.unknown());

/**
 * Returns the JSON object that was typed, or that stands in the file behind `@`.
 * @throws AdjutantError `InvalidInput`
 */
export function readPayload(cwd: string, payload: string): Record<string, unknown> {
  const text = payload.startsWith('@') ? readText(resolve(cwd, payload.slice(1))) : payload;
  const parsed = payloadSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new AdjutantError('InvalidInput', 'The payload is not a JSON object.', {
    hint: `Write it as '{"repository":"acme/api","number":12}', or @file for one in a file.`,
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AdjutantError('InvalidInput', `The file ${path} cannot be read.`, {
      hint: 'Check the path behind "@".',
      cause,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch (error) {
    if (AdjutantError.isInstance(error)) throw error;
    return null;
  }
}
