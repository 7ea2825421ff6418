import type { Self } from '../io.ts';

/** How a client starts our server. */
export interface ServerEntry {
  type: 'stdio';
  command: string;
  args: string[];
}

/** Returns the entry with absolute paths only, so that no PATH, folder or shell decides what runs. No token. */
export function serverEntry(self: Self, configPath: string | null): ServerEntry {
  const config = configPath === null ? [] : ['--config', configPath];
  return {
    type: 'stdio',
    command: self.nodePath,
    args: [...self.nodeArguments, self.scriptPath, 'mcp', ...config],
  };
}
