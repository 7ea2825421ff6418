import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import express, { type Router } from 'express';
import { z } from 'zod';

/** Somebody whom the host knows, and who they are at Adjutant. */
export interface HostUser {
  name: string;
  personId: string;
}

/** What stands for the app that you have already: its pages, and its own sign-in. */
export interface Host {
  router: Router;
  /** Returns whose session the cookies of a request name; null for nobody's. */
  userOf(cookies: string | null | undefined): HostUser | null;
}

const formSchema = z.object({ name: z.string().max(100), password: z.string().max(1_000) });
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Returns a host that knows `name=password=person`, and the next after a comma. A real one has a table
 * of people and a slow digest, or a provider.
 */
export function createHost(people: string, adjutantUrl: string): Host {
  const users = new Map(
    people.split(',').map((line) => {
      const [name = '', password = '', personId = ''] = line.split('=');
      return [name, { name, personId, password: digest(password) }];
    }),
  );
  users.delete('');
  const sessions = new Map<string, HostUser>();
  const userOf: Host['userOf'] = (cookies) => {
    const id = /(?:^|; )host_session=([\w-]+)/.exec(cookies ?? '')?.[1];
    return sessions.get(id ?? '') ?? null;
  };
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '10kb' }));
  router.get('/', (request, response) => {
    const link = `<a href="${adjutantUrl}/">What needs you</a>`;
    response.type('html').send(userOf(request.headers.cookie) === null ? form : link);
  });
  router.post('/sign-in', (request, response) => {
    const sent = formSchema.safeParse(request.body).data;
    const user = users.get(sent?.name ?? '');
    if (!sent || !user || !timingSafeEqual(user.password, digest(sent.password))) {
      response.status(401).send('Not known here.\n');
      return;
    }
    const id = randomUUID();
    sessions.set(id, user);
    // A cookie knows no ports. Two host names need the `domain` that they share, and `secure`.
    response.cookie('host_session', id, { httpOnly: true, sameSite: 'lax' }).redirect(303, '/');
  });
  return { router, userOf };
}

const form = `<form method="post" action="/sign-in">
<label>Name <input name="name"></label>
<label>Password <input name="password" type="password"></label>
<button>Sign in</button>
</form>`;
