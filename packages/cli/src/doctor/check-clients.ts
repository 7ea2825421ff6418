import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Io } from '../io.ts';
import { clientFile } from '../mcp-clients/client-files.ts';
import { clientNames } from '../mcp-clients/client-names.ts';
import { installedEntry } from '../mcp-clients/merge-entry.ts';
import { type Check, failed, note, ok } from './checks.ts';

/** Looks for assistants that are told to start our server, and whether what they would start is there. */
export function checkClients(io: Io, configPath: string | null): Check[] {
  const folder = configPath === null ? io.cwd : dirname(configPath);
  const found = clientNames.flatMap((name) => {
    const file = clientFile(name, folder);
    const entry = installedEntry(file);
    if (entry === null) return [];
    const missing = [
      entry.command,
      ...entry.args.filter((word) => /^(\/|[A-Z]:\\)/i.test(word)),
    ].find((path) => !existsSync(path));
    if (missing === undefined)
      return [ok(`client_${name}`, `${file.title} starts the server (${file.path})`)];
    const again = `Run: adjutant mcp install --client ${name}`;
    return [
      failed(`client_${name}`, `${file.title} would start ${missing}, which is not there.`, again),
    ];
  });
  if (found.length > 0) return found;
  return [
    note('clients', 'No assistant is connected here.', 'Run: adjutant mcp install --client claude'),
  ];
}
