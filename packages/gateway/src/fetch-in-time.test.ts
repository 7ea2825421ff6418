import { expect, test } from 'vitest';
import { fetchInTime } from './fetch-in-time.ts';

const origin = 'http://localhost:4747';
const request = new Request(`${origin}/v1/projects`);
const never = (): Promise<Response> => new Promise(() => undefined);

test('every answer that does not come is ended: those beside each other, and those that come later', async () => {
  const fetch = fetchInTime(never, { origin, timeoutMs: 1 });
  const beside = await Promise.all([fetch(request), fetch(request), fetch(request)]);
  expect(beside.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect((await fetch(request)).status).toBe(503);
});

test('an answer in time is the answer, whatever else is late', async () => {
  let isFirst = true;
  const answer = (): Response | Promise<Response> => {
    const late = isFirst;
    isFirst = false;
    return late ? never() : new Response('here');
  };
  const fetch = fetchInTime(answer, { origin, timeoutMs: 20 });
  const late = fetch(request);
  expect(await (await fetch(request)).text()).toBe('here');
  expect((await late).status).toBe(503);
  expect(await (await fetch(request)).text()).toBe('here');
});

test('what fails fails, and is not waited for', async () => {
  const fetch = fetchInTime(() => Promise.reject(new Error('broken')), { origin });
  await expect(fetch(request)).rejects.toThrow('broken');
});
