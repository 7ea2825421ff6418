import { createHash } from 'node:crypto';

/** Returns 32 characters that stand for a key and give nothing of it away. */
export function shortHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** True for a text that looks as if it carried a mark: nobody may bring his own. */
export function carriesMark(text: string): boolean {
  return /<!-{2}\s*adjutant:/i.test(text);
}
