// The least that an MCP server over stdio can cost: the SDK, one tool, no project code.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

serveStdio(() => {
  const server = new McpServer({ name: 'echo', version: '0.0.0' });
  const schema = z.object({ text: z.string() });
  server.registerTool(
    'echo',
    { description: 'Returns its input.', inputSchema: schema, outputSchema: schema },
    ({ text }) => ({ content: [{ type: 'text', text }], structuredContent: { text } }),
  );
  return server;
});
