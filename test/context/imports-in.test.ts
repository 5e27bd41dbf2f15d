import { describe, expect, it } from 'vitest';
import { importsIn } from '../../src/context/imports-in.ts';
import { languageOf } from './scripted-workspace.ts';

/** The file that is meant is among the first `within` guesses; the names are what the statement brings. */
function check(path: string, head: string, meant: string, names: readonly string[] = [], within = 12): void {
  const [found] = importsIn({ path, head }, languageOf(path), 9);
  expect(found?.candidates.slice(0, within)).toContain(meant);
  if (names.length > 0) expect(found?.names).toEqual(expect.arrayContaining([...names]));
}

describe('a statement means a file', () => {
  it.each<[path: string, head: string, meant: string, names?: readonly string[]]>([
    ['src/a.ts', "import { One, type Two } from './shop.ts';", './shop.ts', ['One', 'Two']],
    ['src/a.ts', "import type {\n  One,\n} from '../b/shop';", '../b/shop.ts', ['One']],
    ['src/a.ts', "import * as shop from './shop.js';", './shop.ts', ['shop']],
    ['src/a.ts', "export * from './folder';", './folder/index.ts'],
    ['src/a.ts', "const later = await import('./later.ts');", './later.ts'],
    ['lib/a.js', "const { one, two: three } = require('../core/util')", '../core/util.js', ['one', 'two']],
    ['app/a.py', 'from .shop import Basket, Item as Thing', 'shop.py', ['Basket', 'Item']],
    ['app/a.py', 'from ..core.shop import (\n    Basket,\n    Item,\n)', '../core/shop.py', ['Basket', 'Item']],
    ['app/a.py', 'from . import shop', 'shop.py', ['shop']],
    ['app/sub/a.py', 'from app.shop import Basket', '../../app/shop.py', ['Basket']],
    ['app/a.py', 'import app.shop as shop', '../app/shop.py', ['shop']],
    ['cmd/a.go', 'import (\n\t"fmt"\n\t"example.com/acme/internal/shop"\n)', '../internal/shop/shop.go', ['shop']],
    ['src/web/a.rs', 'use crate::store::shop::{Basket, Item};', '../store/shop.rs', ['Basket', 'Item']],
    ['src/web/a.rs', 'use super::shop::Basket;', 'shop.rs', ['Basket']],
    ['src/lib.rs', 'pub mod shop;', 'shop.rs', ['shop']],
    ['src/a.c', '#include "shop.h"', 'shop.h'],
    ['src/a.c', '#include "acme/shop.h"', '../include/acme/shop.h'],
    [
      'src/com/acme/web/A.java',
      'package com.acme.web;\nimport com.acme.shop.Basket;',
      '../../../com/acme/shop/Basket.java',
    ],
    ['lib/a.rb', "require_relative 'shop/basket'", 'shop/basket.rb'],
    ['src/Web/A.php', '<?php\nnamespace App\\Web;\nuse App\\Shop\\Basket;', '../Shop/Basket.php', ['Basket']],
    ['src/a.php', "require_once __DIR__ . '/shop.php';", 'shop.php'],
    ['lib/a.dart', "import '../shop.dart';", '../shop.dart'],
    ['a.lua', 'local shop = require("acme.shop")', 'acme/shop.lua', ['shop']],
    ['a.scss', "@use 'parts/shop';", 'parts/_shop.scss'],
  ])('%s: %s', (path, head, meant, names) => check(path, head, meant, names));

  it.each<[path: string, head: string]>([
    ['src/a.ts', "import fs from 'node:fs';"],
    ['src/a.ts', "const text = 'from ./shop';"],
    ['src/a.c', '#include <stdio.h>'],
    ['a.go', 'import "fmt"'],
    ['a.dart', "import 'dart:io';"],
    ['notes.txt', "import './shop.ts';"],
  ])('%s: %s means none that could be read', (path, head) => {
    expect(importsIn({ path, head }, languageOf(path), 9)).toEqual([]);
  });

  it('two statements of one file are one', () => {
    const head = "import { One } from './shop.ts';\nimport type { Two } from './shop.ts';";
    const found = importsIn({ path: 'a.ts', head }, 'typescript', 9);
    expect(found.map(({ names }) => names)).toEqual([['One', 'Two']]);
  });
});
