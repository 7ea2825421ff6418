import { realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { configFileName } from '../config/find-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { trustMemory } from '../trust/trust-memory.ts';

const inputSchema = z.object({ path: z.string().min(1).max(4_000) });

/** `adjutant trust revoke <path>`: the configuration acts no more until somebody trusts it again. */
export const trustRevoke: Command = async ({ io, output }, raw) => {
  const { path } = parseInput(inputSchema, raw);
  const memory = trustMemory(io);
  const revoked = namesOf(resolve(io.cwd, path)).filter((name) => memory.remove(name));
  if (revoked.length === 0) {
    throw new AdjutantError('NotFound', `${plainText(path, 1_000)} is not trusted here.`, {
      hint: 'What is: adjutant trust list',
    });
  }
  output.answer(
    { revoked },
    () =>
      `${revoked.join(', ')} is not trusted any more. Processes that run with it already go on: stop them.`,
  );
  return exitCodes.ok;
};

/** The file may be gone, or be named by its folder or by a link. */
function namesOf(path: string): string[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const file = isFolder ? join(path, configFileName) : path;
  try {
    return [...new Set([file, realpathSync(file)])];
  } catch {
    return [file];
  }
}
