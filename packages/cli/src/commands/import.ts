import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ file: z.string().min(1) });

/** `adjutant import <file>` */
export const importCommand: Command = async (context, raw) => {
  const { file } = parseInput(inputSchema, raw);
  const path = resolve(context.io.cwd, file);
  // Opened first, so that a wrong path is told before any store is made.
  await (await open(path, 'r')).close();
  return withAdjutant(context, async ({ adjutant }) => {
    const lines = createInterface({
      input: createReadStream(path),
      crlfDelay: Number.POSITIVE_INFINITY,
    });
    const result = await adjutant.importWorkspace(lines);
    context.output.answer(
      result,
      () => `${result.rows} rows read into workspace "${result.workspaceId}".`,
    );
    return exitCodes.ok;
  });
};
