// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace vigifuite::test {
namespace {

constexpr int kGzip = 15 + 16;
constexpr int kRaw = -15;

std::string deflated(std::string_view bytes, int window, int flush) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, flush);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (code != Z_OK && code != Z_STREAM_END) throw std::runtime_error("zlib");
  return out;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  return deflated(bytes, kGzip, Z_FINISH);
}

std::string gzip_of_zeros(std::size_t mebibytes) {
  const std::string one = deflated(std::string(std::size_t{1} << 20U, '\0'), kRaw, Z_FULL_FLUSH);
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  out.reserve(out.size() + mebibytes * one.size());
  for (std::size_t i = 0; i < mebibytes; ++i) out += one;
  return out;
}

}  // namespace vigifuite::test
