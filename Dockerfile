# Steward's image: the bundled program, its few unbundled packages and the migrations, beside Node, on Debian.
#   docker build -t steward .
# Build arguments, all optional:
#   REVISION, CREATED, SOURCE   git revision, time (ISO 8601) and address of the sources: labels, /info and steward_build_info
#   EMBEDDED_POSTGRES=1         keeps the embedded PostgreSQL (60 MB); without it the container needs DATABASE_URL
# VERSION is package.json's; a test and the build itself keep them equal.

FROM node:24-trixie-slim AS build
WORKDIR /src
# Packages first: their layer is kept until one of them changes.
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=
ARG EMBEDDED_POSTGRES=
RUN test "$VERSION" = "$(node -p 'require("./package.json").version')" \
 && npm run generate \
 && node scripts/build/release.ts /release --revision "$REVISION" --built-at "$CREATED" ${EMBEDDED_POSTGRES:+--embedded}

# One small program that takes the signals and buries orphans, so that Node need not be process 1.
FROM debian:trixie-slim AS init
# Not pinned: within a release Debian changes a version to mend it only, and removes the one before.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*

FROM debian:trixie-slim
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=init /usr/bin/tini-static /usr/local/bin/tini
COPY --from=build /release /app
# The user has a name only because the embedded PostgreSQL wants one. The start of Node proves that its libraries are there.
RUN groupadd --gid 10001 steward \
 && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin steward \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data \
 && ln -s /app/bin/steward.js /usr/local/bin/steward \
 && node --version

ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=
ARG SOURCE=
LABEL org.opencontainers.image.title="Steward" \
      org.opencontainers.image.description="A private assistant that lives in its owner's Telegram" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED"

ENV NODE_ENV=production STEWARD_DATA_DIR=/data
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 3000 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["steward", "health"]
ENTRYPOINT ["tini", "--", "steward"]
CMD ["start"]
