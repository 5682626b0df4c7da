# Sila as a container: built from its sources, run as nobody special, with nothing in it that only building needs.
ARG NODE=node:20.20.2-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json vite.widget.config.ts vite.console.config.ts ./
COPY scripts ./scripts
COPY src ./src
COPY channels ./channels
COPY flows ./flows
RUN npm run build

# What runs: without the tools for tests, and without those that made the pages (they are in dist/public by now).
FROM ${NODE} AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
RUN npm uninstall --omit=dev typescript vite @vitejs/plugin-react preact react react-dom @mantine/core @mantine/hooks @mantine/notifications @tabler/icons-react @fontsource/ibm-plex-sans-arabic

FROM ${NODE}
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
COPY --from=modules /app/package.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist/src ./dist/src
COPY --from=build /app/dist/channels ./dist/channels
COPY --from=build /app/dist/scripts ./dist/scripts
COPY --from=build /app/dist/flows ./dist/flows
COPY --from=build /app/dist/public ./dist/public
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
