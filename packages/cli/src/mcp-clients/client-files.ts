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

/** Returns the project file of a client below a folder. */
export function clientFile(name: ClientName, folder: string): ClientFile {
  switch (name) {
    case 'claude':
      return {
        name,
        title: 'Claude Code',
        path: join(folder, '.mcp.json'),
        key: 'mcpServers',
        afterwards: 'Start Claude Code in this folder and allow the server "adjutant".',
      };
    case 'cursor':
      return {
        name,
        title: 'Cursor',
        path: join(folder, '.cursor', 'mcp.json'),
        key: 'mcpServers',
        afterwards: 'Open this folder in Cursor and switch "adjutant" on under Settings, MCP.',
      };
    case 'vscode':
      return {
        name,
        title: 'VS Code',
        path: join(folder, '.vscode', 'mcp.json'),
        key: 'servers',
        afterwards:
          'Open this folder in VS Code and start "adjutant" from the command "MCP: List Servers".',
      };
  }
}
