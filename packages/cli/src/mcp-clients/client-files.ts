import { join } from 'node:path';
import type { ClientName } from './client-names.ts';

/** Where a client keeps the servers of one project, and under which key. */
export interface ClientFile {
  name: ClientName;
  title: string;
  path: string;
  key: 'mcpServers' | 'servers';
  /** What to do in the client so that it sees the file. */
  afterwards: string;
}

type Place = Omit<ClientFile, 'name' | 'path'> & { place: readonly string[] };

const places: Record<ClientName, Place> = {
  claude: {
    title: 'Claude Code',
    place: ['.mcp.json'],
    key: 'mcpServers',
    afterwards: 'Start Claude Code in this folder and allow the server "adjutant".',
  },
  cursor: {
    title: 'Cursor',
    place: ['.cursor', 'mcp.json'],
    key: 'mcpServers',
    afterwards: 'Open this folder in Cursor and switch "adjutant" on under Settings, MCP.',
  },
  vscode: {
    title: 'VS Code',
    place: ['.vscode', 'mcp.json'],
    key: 'servers',
    afterwards: 'Open this folder in VS Code and start "adjutant" from "MCP: List Servers".',
  },
};

/** Returns the project file of a client below a folder. */
export function clientFile(name: ClientName, folder: string): ClientFile {
  const { place, ...file } = places[name];
  return { name, ...file, path: join(folder, ...place) };
}
