import { readFileSync } from 'node:fs';

/** Returns the text of a file that stands beside a module. */
export function readTextBeside(moduleUrl: string, file: string): string {
  return readFileSync(new URL(file, moduleUrl), 'utf8');
}
