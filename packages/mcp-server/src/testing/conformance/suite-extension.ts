import type { ServerExtension } from '../../server-extension.ts';
import { contentTools } from './content-tools.ts';
import { inputTools } from './input-tools.ts';
import { registerPrompts } from './register-prompts.ts';
import { suiteResources } from './suite-resources.ts';

/** What the protocol's conformance suite asks of a server, beside what Adjutant serves anyway. */
export const suiteExtension: ServerExtension = {
  tools: [...contentTools, ...inputTools],
  resources: suiteResources,
  register(mcp) {
    // Both belong to the 2025 revisions and to nothing of ours.
    mcp.server.registerCapabilities({ logging: {}, resources: { subscribe: true } });
    // Said before the SDK says otherwise: no list of this server changes while it runs.
    mcp.server.registerCapabilities({ prompts: { listChanged: false } });
    mcp.server.setRequestHandler('resources/subscribe', () => ({}));
    mcp.server.setRequestHandler('resources/unsubscribe', () => ({}));
    registerPrompts(mcp);
  },
};
