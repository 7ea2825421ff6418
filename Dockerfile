# The command with its worker and its page, as `adjutant serve`. docs/operations/deploy.md says how to
# run it. The tag is the Node that the workspace itself is tested on (pnpm-workspace.yaml).
ARG NODE_VERSION=24.21.0

# The bundle: our packages and what they take from others, in some 200 files of JavaScript.
FROM node:${NODE_VERSION}-slim AS build
WORKDIR /source
COPY . .
RUN npx -y pnpm@12 install --frozen-lockfile
# The command's bundle alone: it holds the other packages from their sources, and needs no declarations.
RUN npx -y pnpm@12 --filter @adjutant/cli exec tsup && chmod +x packages/cli/dist/bin.js

# What the bundle leaves outside: the database's driver and zod, at the versions of the lockfile. Without
# the root's package.json, so that the tools and the Node that it brings are not installed.
FROM node:${NODE_VERSION}-slim AS dependencies
WORKDIR /app
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/cli/package.json packages/cli/
RUN npx -y pnpm@12 install --prod --frozen-lockfile --filter @adjutant/cli

FROM node:${NODE_VERSION}-slim AS runtime
LABEL org.opencontainers.image.title="Adjutant" \
      org.opencontainers.image.licenses="MIT"
# Whoever mounts the configuration trusts it: it is named here, and nobody can be asked in a container.
ENV NODE_ENV=production \
    SQLITE_TMPDIR=/data \
    ADJUTANT_TRUSTED_CONFIG=/etc/adjutant/adjutant.config.yaml
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=dependencies /app/packages packages
COPY --from=build /source/LICENSE LICENSE
COPY --from=build /source/packages/cli/dist packages/cli/dist
RUN ln -s /app/packages/cli/dist/bin.js /usr/local/bin/adjutant \
    && install -d -o node -g node -m 0700 /data \
    && install -d /etc/adjutant
# From here on the nearest adjutant.config.yaml is the one that is mounted here, for every command.
WORKDIR /etc/adjutant
VOLUME /data
EXPOSE 4747
# By number, so that a cluster can see that it is not root.
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:4747/health', { signal: AbortSignal.timeout(4000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a shell: node is process 1 and gets SIGTERM itself.
ENTRYPOINT ["node", "/app/packages/cli/dist/bin.js"]
CMD ["serve", "--every", "15m"]

# For the connector that reads clones, which starts git: `docker build --target with-git`.
FROM runtime AS with-git
USER root
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
USER 1000:1000

# The last stage is what is built unless told otherwise.
FROM runtime
