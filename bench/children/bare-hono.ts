// The floor: hono on Node with one insert, and with one read. No project code runs.
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createServer } from 'node:http';
import Database from 'libsql';

const [path = ''] = process.argv.slice(2);
const database = new Database(path);
database.exec('pragma journal_mode = wal');
database.exec('pragma synchronous = normal');
database.exec('create table delivery (id text primary key, event text, payload text)');
database.exec('create table project (id text primary key, name text, createdAt integer)');
database.prepare('insert into project values (?, ?, ?)').run(['shop', 'The shop', 1]);
const insert = database.prepare('insert into delivery values (?, ?, ?) on conflict do nothing');
const select = database.prepare('select id, name, createdAt from project where id = ?');

const app = new Hono();
app.post('/hook', async (context) => {
  const id = context.req.header('x-github-delivery') ?? '';
  insert.run([id, context.req.header('x-github-event') ?? '', await context.req.text()]);
  return context.json({ outcome: 'stored' }, 202);
});
app.get('/project/:id', (context) => context.json(select.get([context.req.param('id')]) ?? null));

const listener = getRequestListener((request) => app.fetch(request));
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
