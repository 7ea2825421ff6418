import { dirname } from 'node:path';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { hasConfig } from '../config/find-config.ts';
import { loadConfig } from '../config/load-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { clientFile } from '../mcp-clients/client-files.ts';
import { clientNames } from '../mcp-clients/client-names.ts';
import { installNotes } from '../mcp-clients/install-notes.ts';
import { mergeEntry, writeClientFile } from '../mcp-clients/merge-entry.ts';
import { serverEntry } from '../mcp-clients/server-entry.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ client: z.enum(clientNames), print: z.boolean().default(false) });

/** `adjutant mcp install --client <name>` */
export const mcpInstall: Command = async (context, raw) => {
  const { io, output } = context;
  const { client, print } = parseInput(inputSchema, raw);
  const { path: configPath, variables } =
    hasConfig(io.cwd) || context.configPath !== undefined
      ? await loadConfig(context)
      : { path: null, variables: [] };
  const file = clientFile(client, configPath === null ? io.cwd : dirname(configPath));
  const entry = serverEntry(io.self, configPath);
  if (print) {
    const text = JSON.stringify({ [file.key]: { adjutant: entry } }, null, 2);
    output.answer({ path: file.path, [file.key]: { adjutant: entry } }, () => text);
    return exitCodes.ok;
  }
  const { text, isChanged } = mergeEntry(file, entry);
  if (isChanged) writeClientFile(file.path, text);
  const notes = installNotes({ file, configPath, variables, platform: io.platform });
  const done = isChanged ? `Wrote ${file.path}.` : `${file.path} already starts this server.`;
  output.answer({ path: file.path, isChanged, entry, notes }, () => [done, ...notes].join('\n'));
  return exitCodes.ok;
};
