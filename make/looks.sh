#!/usr/bin/env bash
# How every page looks, in six: `make looks` compares with end2end/screenshots, `make looks UPDATE=1` takes them anew. About four minutes. Wants the
# release binary and its site (`make run` builds both). Not part of the suite: the next Chromium may draw a letter differently.
source "$(dirname "$0")/lib.sh"
bash make/tools.sh test
DATABASE_URL=$(bash make/database.sh start test fast)
export DATABASE_URL
packages pngquant
(cd end2end && npx playwright test --config looks/playwright.config.ts ${UPDATE:+--update-snapshots=all})
# A third of the size, and nothing that a comparison sees.
[ -z "${UPDATE:-}" ] || pngquant --skip-if-larger --strip --ext .png --force --speed 1 128 end2end/screenshots/*.png || [ $? = 98 ]
