// Every shape that runtimes give to the names of their control groups, and what only looks like one.
#include "enrich/container_path.h"

#include <gtest/gtest.h>

using namespace sysmon;

namespace {

const std::string x = "3f4c0a7b9d2e5f6187a0b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701";
const std::string y = "00112233445566778899aabbccddeeff00112233445566778899aabbccddee11";
const std::string u = "8f7e6d5c-4b3a-2910-8f7e-6d5c4b3a2910", u_ = "8f7e6d5c_4b3a_2910_8f7e_6d5c4b3a2910";
const std::string manifest = "aabbccddeeff00112233445566778899";

struct Row {
  std::string path, runtime, id = x, pod = "";
};

void expect(const std::vector<Row>& rows) {
  for (const Row& r : rows) {
    const auto found = container_of(r.path);
    ASSERT_TRUE(found) << r.path;
    EXPECT_EQ(*found, (ContainerPath{r.runtime, r.id, r.pod})) << r.path << ": " << found->runtime << ' ' << found->id;
  }
}

TEST(ContainerPath, Engines) {
  expect({
      {"/docker/" + x, "docker"},
      {"/docker/" + x + "/init", "docker"},
      {"/system.slice/docker-" + x + ".scope", "docker"},
      {"/user.slice/user-1000.slice/user@1000.service/user.slice/docker-" + x + ".scope", "docker"},
      {"/default/web", "containerd", "web"},
      {"/default/" + x, "containerd"},
      {"/k8s.io/" + x, "containerd"},
      {"/system.slice/default-web-" + x + ".scope", "containerd"},
      {"/system.slice/nerdctl-" + x + ".scope", "containerd"},
      {"/libpod_parent/libpod-" + x, "podman"},
      {"/machine.slice/libpod-" + x + ".scope", "podman"},
      {"/machine.slice/libpod-" + x + ".scope/container", "podman"},
      {"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + x + ".scope/container", "podman"},
      {"/machine.slice/web.service/libpod-payload-" + x, "podman"},
      {"/machine.slice/machine-libpod_pod_" + y + ".slice/libpod-" + x + ".scope", "podman"},
      {"/moby/" + x, "containerd"},
      {"/" + x, "unknown"},
      {"/system.slice/crun-" + x + ".scope", "crun"},
  });
}

TEST(ContainerPath, Kubernetes) {
  const std::string burstable = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + u_ + ".slice/";
  expect({
      {"/kubepods/pod" + u + "/" + x, "kubernetes", x, u},
      {"/kubepods/burstable/pod" + u + "/" + x, "kubernetes", x, u},
      {"/kubepods/besteffort/pod" + manifest + "/" + x, "kubernetes", x, manifest},
      {"/kubepods.slice/kubepods-pod" + u_ + ".slice/docker-" + x + ".scope", "docker", x, u},
      {burstable + "cri-containerd-" + x + ".scope", "containerd", x, u},
      {burstable + "crio-" + x + ".scope", "cri-o", x, u},
      {burstable + "crio-" + x + ".scope/container", "cri-o", x, u},
      {"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" + manifest + ".slice/crio-" + x + ".scope",
       "cri-o", x, manifest},
      {"/system.slice/containerd.service/kubepods-burstable-pod" + u_ + ".slice:cri-containerd:" + x, "containerd", x,
       u},
  });
}

TEST(ContainerPath, TheInnermostOfThoseThatAreNested) {
  expect({
      {"/docker/" + y + "/kubelet/kubepods/burstable/pod" + u + "/" + x, "kubernetes", x, u},
      {"/system.slice/docker-" + y +
           ".scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/"
           "kubelet-kubepods-burstable-pod" +
           u_ + ".slice/cri-containerd-" + x + ".scope",
       "containerd", x, u},
      {"/docker/" + x + "/kubelet", "docker"},
      {"/machine.slice/libpod-" + y + ".scope/container/libpod_parent/libpod-" + x, "podman"},
      // What watches a container within a container is in the outer one.
      {"/machine.slice/libpod-" + x + ".scope/container/libpod_parent/libpod-conmon-" + y, "podman"},
      {"/lxc.payload.web/system.slice/docker-" + x + ".scope", "docker"},
      {"/lxc.payload.web/system.slice/ssh.service", "lxc", "web"},
      // Of a sensor with a cgroup namespace of its own.
      {"/../../docker/" + x, "docker"},
  });
}

TEST(ContainerPath, Names) {
  expect({
      {"/lxc/web", "lxc", "web"},
      {"/lxc.payload.web", "lxc", "web"},
      {"/lxc.payload/web", "lxc", "web"},
      {"/machine.slice/systemd-nspawn@web.service/payload", "systemd-nspawn", "web"},
      {"/machine.slice/systemd-nspawn@web\\x2d1.service/payload/init.scope", "systemd-nspawn", "web-1"},
      {"/machine.slice/machine-web\\x2d1.scope/payload", "systemd-nspawn", "web-1"},
      {"/machine.slice/machine-web\\x2d1.scope", "machined", "web-1"},
      {"/user.slice/user-1.slice/user@1.service/app.slice/app-flatpak-org.gnome.Maps-77.scope", "flatpak",
       "org.gnome.Maps-77"},
      {"/garden/1a2b3c4d-5e6f", "garden", "1a2b3c4d-5e6f"},
      {"/ecs/cluster/0123456789abcdef/" + x, "ecs"},
      {"/ecs/0123456789abcdef/" + x, "ecs"},
      {"/nomad.slice/share.slice/" + u + ".web.scope", "nomad", u + ".web"},
  });
}

TEST(ContainerPath, MonitorsAndAllElseAreInNone) {
  for (const std::string& path : {
           std::string(),
           std::string("/"),
           std::string("/init.scope"),
           std::string("/system.slice/docker.service"),
           std::string("/user.slice/user-1000.slice/session-3.scope"),
           "/machine.slice/libpod-conmon-" + x + ".scope",
           "/libpod_parent/libpod-conmon-" + x,
           "/kubepods.slice/kubepods-pod" + u_ + ".slice/crio-conmon-" + x + ".scope",
           std::string("/lxc.monitor.web"),
           std::string("/lxc.monitor/web"),
           std::string("/machine.slice/systemd-nspawn@web.service/supervisor"),
           std::string("/machine.slice/machine-web.scope/supervisor"),
           std::string("/machine.slice/machine-qemu\\x2d1\\x2dvm.scope"),
           "/kubepods.slice/kubepods-pod" + u_ + ".slice",
           "/kubepods/burstable/pod" + u,
           std::string("/kubepods/burstable"),
           std::string("/docker"),
           "/docker/" + x.substr(1),
           "/system.slice/docker-" + x + "0.scope",
           "/system.slice/docker-" + x + ".slice",
           "/machine.slice/machine-libpod_pod_" + x + ".slice",
           std::string("/default"),
           std::string("/lxc.payload."),
           "/system.slice/0" + x + ".scope",
           "/system.slice/backup-" + x + ".service",
           std::string("/podium/poddy"),
       })
    EXPECT_FALSE(container_of(path)) << path;
}

}  // namespace
