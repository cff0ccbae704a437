package dev.walbrook.examples.shop.publisher;

import java.util.List;

/**
 * A part of a list, the newest first.
 *
 * @param items of this page
 * @param page its number, from 0
 * @param size how many items a page has
 * @param total how many items all pages have
 */
public record Page<T>(List<T> items, int page, int size, long total) {}
