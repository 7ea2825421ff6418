/** Assistants whose project file `adjutant mcp install` can write. */
export const clientNames = ['claude', 'cursor', 'vscode'] as const;
export type ClientName = (typeof clientNames)[number];
