import type { McpServer } from '@modelcontextprotocol/server';
import { prompts } from './index.ts';
import { promptText } from './prompt-text.ts';

/** Registers the prompts; none of them reads anything, so that they are the same for everybody. */
export function registerPrompts(mcp: McpServer): void {
  // Said before the SDK says otherwise: no list of this server changes while it runs.
  mcp.server.registerCapabilities({ prompts: { listChanged: false } });
  for (const prompt of prompts) {
    const { name, title, description, argsSchema } = prompt;
    mcp.registerPrompt(name, { title, description, argsSchema }, (given) => ({
      messages: [{ role: 'user', content: { type: 'text', text: promptText(prompt, given) } }],
    }));
  }
}
