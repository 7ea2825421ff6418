import type { ClientFile } from './client-files.ts';

/** Returns what a person should know after a client's file was written. */
export function installNotes(options: {
  file: ClientFile;
  configPath: string | null;
  variables: readonly string[];
  platform: NodeJS.Platform;
}): string[] {
  const { file, configPath, variables, platform } = options;
  const notes = [
    file.afterwards,
    'The file holds paths of this machine and no token: better not commit it.',
  ];
  if (configPath === null) {
    notes.push(
      'No adjutant.config.yaml was found, so the server will read your own store. "adjutant init" makes one.',
    );
  }
  if (variables.length > 0) {
    const names = [...new Set(variables)].join(', ');
    notes.push(`The configuration refers to ${names}: start the client where that is set.`);
  }
  if (platform === 'win32') {
    notes.push(
      'It starts node.exe itself. If you put npx or another .cmd in its place, write "cmd" as the command and "/c" first among the arguments.',
    );
  }
  return notes;
}
