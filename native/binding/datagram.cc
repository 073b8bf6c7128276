#include "binding/datagram.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace sysmon {
namespace {

constexpr int kSendBytes = 8 << 20;  // asked for: a datagram cannot be larger than the buffer

// openDatagram(path): a descriptor, or a negative error number. Nothing waits on it.
Napi::Value Open(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string path = info[0].As<Napi::String>();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return Napi::Number::New(env, -ENAMETOOLONG);
  memcpy(address.sun_path, path.data(), path.size());
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return Napi::Number::New(env, -errno);
  // Beyond what everybody may have only with CAP_NET_ADMIN; without it what is allowed is taken.
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kSendBytes, sizeof(kSendBytes)) != 0)
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBytes, sizeof(kSendBytes));
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    const int error = errno;
    close(fd);
    return Napi::Number::New(env, -error);
  }
  return Napi::Number::New(env, fd);
}

int send_one(int fd, const msghdr& message) {
  while (sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
    if (errno != EINTR) return errno;
  return 0;
}

// sendDatagram(fd, bytes): 0, or an error number; EAGAIN: the receiver has not read what came before.
Napi::Value Send(const Napi::CallbackInfo& info) {
  auto bytes = info[1].As<Napi::Uint8Array>();
  iovec part{.iov_base = bytes.Data(), .iov_len = bytes.ByteLength()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  return Napi::Number::New(info.Env(), send_one(info[0].As<Napi::Number>().Int32Value(), message));
}

int fill(int file, const uint8_t* data, size_t size) {
  while (size > 0) {
    const ssize_t n = write(file, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    data += n;
    size -= static_cast<size_t>(n);
  }
  // The receiver reads it in place, and nobody may change it meanwhile.
  return fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0 ? 0 : errno;
}

int send_file(int fd, int file) {
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))]{};
  msghdr message{};
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &file, sizeof(int));
  return send_one(fd, message);
}

// sendDatagramFile(fd, bytes): the same by a sealed file in memory whose descriptor is sent.
Napi::Value SendFile(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  auto bytes = info[1].As<Napi::Uint8Array>();
  const int file = memfd_create("sysmon-datagram", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return Napi::Number::New(env, errno);
  int error = fill(file, bytes.Data(), bytes.ByteLength());
  if (error == 0) error = send_file(info[0].As<Napi::Number>().Int32Value(), file);
  close(file);
  return Napi::Number::New(env, error);
}

}  // namespace

void register_datagrams(Napi::Env env, Napi::Object exports) {
  exports["openDatagram"] = Napi::Function::New(env, Open, "openDatagram");
  exports["sendDatagram"] = Napi::Function::New(env, Send, "sendDatagram");
  exports["sendDatagramFile"] = Napi::Function::New(env, SendFile, "sendDatagramFile");
}

}  // namespace sysmon
