// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/system_reason.hpp"

#include <cerrno>
#include <system_error>

#include "schemas/messages.hpp"

namespace vigifuite {

Text system_reason(int error) {
  switch (error) {
    case ENOENT: return in_both(Message::SystemNoSuchFile);
    case EACCES:
    case EPERM: return in_both(Message::SystemForbidden);
    case EISDIR: return in_both(Message::SystemIsDirectory);
    case ENOTDIR: return in_both(Message::SystemNotDirectory);
    case EEXIST: return in_both(Message::SystemExists);
    case ENOSPC:
    case EDQUOT: return in_both(Message::SystemNoRoom);
    case EFBIG: return in_both(Message::SystemTooLarge);
    case EROFS: return in_both(Message::SystemReadOnly);
    case EIO: return in_both(Message::SystemDiskFails);
    case EMFILE:
    case ENFILE: return in_both(Message::SystemTooManyFiles);
    default: return {{}, std::generic_category().message(error)};
  }
}

}  // namespace vigifuite
