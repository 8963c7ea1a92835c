# An official Node.js image on Debian, or one like it: Node.js 24, a user `node` of uid 1000, a POSIX shell.
ARG BASE_IMAGE=node:24-bookworm-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Nothing that is needed here has to run a script of its own on being installed.
RUN npm install --no-audit --no-fund --ignore-scripts
COPY scripts/build.js scripts/
COPY spec.json ./
COPY src src
RUN npm run build

FROM ${BASE_IMAGE} AS trimmed
# Airbyte runs connectors as uid 1000. Some tools mount input files below /airbyte, so it has to be able to write there.
RUN groupmod --new-name airbyte node \
  && usermod --login airbyte --home /airbyte --comment '' node \
  && install --directory --owner=1000 --group=1000 /airbyte /airbyte/integration_code
# What installs software is of use to intruders only. It is purged, not just deleted, so that scanners, which go by dpkg's
# list, report what is there; dpkg goes last. Nor may a program give its caller more rights than it has.
RUN cd /usr/local \
  && rm -rf lib/node_modules include/node bin/npm bin/npx bin/corepack bin/yarn bin/yarnpkg bin/docker-entrypoint.sh /opt/yarn* \
  && dpkg --purge --force-all $(dpkg-query --show --showformat '${Package} ' apt 'libapt-pkg*' adduser debconf gpgv perl-base) \
  && dpkg --purge --force-all dpkg \
  && find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
  && rm -rf /home/node /var/cache/* /var/log/* /usr/share/doc /usr/share/man

# Begun anew, because what a later layer deletes is still there in the earlier ones.
FROM scratch
COPY --from=trimmed / /

ENV PATH=/usr/local/bin:/usr/bin:/bin \
  NODE_ENV=production \
  TZ=UTC \
  HOME=/airbyte \
  AIRBYTE_ENTRYPOINT="node --max-old-space-size-percentage=50 /airbyte/integration_code/main.js"
LABEL io.airbyte.name="source-highlevel" \
  io.airbyte.version="0.1.0" \
  org.opencontainers.image.title="source-highlevel" \
  org.opencontainers.image.licenses="MIT"

WORKDIR /airbyte/integration_code
# By number: Kubernetes cannot tell from a name that it is not root.
USER 1000:1000
# The platform runs AIRBYTE_ENTRYPOINT instead, so the two have to be equal. Left to itself, Node.js lets its heap grow to
# all of a small container's memory, and the kernel ends the process before garbage is collected.
ENTRYPOINT ["node", "--max-old-space-size-percentage=50", "/airbyte/integration_code/main.js"]

COPY --from=build --chown=1000:1000 /build/dist /airbyte/integration_code
