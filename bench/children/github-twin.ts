// A GitHub twin in a process of its own, so that its time and memory are not those of the sync.
// Sent 'take', it tells what it was asked since. Usage: github-twin.ts <pull requests>
import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';

const pullRequests = Number(process.argv[2]);
const { data, truth } = generateGithubRepository({ pullRequests, overflowShare: 0.05, seed: 3 });
const twin = await startGithubTwin({ data, limits: { points: 1e6, restRequests: 1e6 } });
process.on('message', () => {
  process.send?.(
    twin.requests
      .splice(0)
      .map(({ method, path, query, isGraphql, document, variables, operationName }) => ({
        method,
        path: `${path}?${new URLSearchParams(query).toString()}`.replace(/\?$/, ''),
        name: operationName ?? path,
        body: isGraphql ? JSON.stringify({ query: document, variables, operationName }) : null,
      })),
  );
});
process.send?.({ url: twin.url, token: twin.token, truth });
