// What the files of runtimes tell, also where somebody put something else in their place.
#include "enrich/container_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/json_read.h"

using namespace sysmon;
namespace fs = std::filesystem;

namespace {

const std::string x = "3f4c0a7b9d2e5f6187a0b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701";

struct Root {
  Root() {
    char name[] = "/tmp/sysmon-test-XXXXXX";
    folder = mkdtemp(name);
  }
  ~Root() { fs::remove_all(folder); }
  void write(const std::string& path, const std::string& text) const {
    fs::create_directories(fs::path(folder + path).parent_path());
    std::ofstream(folder + path) << text;
  }
  std::optional<ContainerFacts> ask(const std::string& runtime, std::optional<uint32_t> owner = {}) const {
    return container_facts({runtime, x, ""}, owner, folder);
  }
  std::string folder;
};

TEST(ContainerFiles, Docker) {
  Root root;
  EXPECT_FALSE(root.ask("docker"));
  root.write("/var/lib/docker/containers/" + x + "/config.v2.json",
             R"({"ID":")" + x +
                 R"(","Name":"/web\u00e9","State":{"Pid":1},"Config":{"Image":"nginx:1","Env":["A=b"],)" +
                 R"("Labels":{"team":"a b","io.kubernetes.pod.name":"web-0","io.kubernetes.pod.namespace":"prod"}}})");
  for (const char* runtime : {"docker", "kubernetes", "unknown"}) {
    const auto f = root.ask(runtime);
    ASSERT_TRUE(f) << runtime;
    EXPECT_EQ(f->name, "web\xc3\xa9");
    EXPECT_EQ(f->image, "nginx:1");
    EXPECT_EQ(f->runtime, "docker");
    EXPECT_EQ(f->pod_name, "web-0");
    EXPECT_EQ(f->name_space, "prod");
    EXPECT_EQ(f->labels.at(0), (std::pair<std::string, std::string>("team", "a b")));
  }
  EXPECT_FALSE(root.ask("podman"));
}

TEST(ContainerFiles, Containerd) {
  Root root;
  root.write("/run/containerd/io.containerd.runtime.v2.task/k8s.io/" + x + "/config.json",
             R"({"ociVersion":"1.0","annotations":{"io.kubernetes.cri.container-name":"web",)"
             R"("io.kubernetes.cri.sandbox-name":"web-0","io.kubernetes.cri.sandbox-namespace":"prod",)"
             R"("io.kubernetes.cri.sandbox-uid":"8f7e","io.kubernetes.cri.image-name":"nginx:1"}})");
  const auto f = root.ask("kubernetes");
  ASSERT_TRUE(f);
  EXPECT_EQ(f->runtime, "containerd");
  EXPECT_EQ(f->name + ' ' + f->pod_name + ' ' + f->name_space + ' ' + f->pod_uid + ' ' + f->image,
            "web web-0 prod 8f7e nginx:1");
}

TEST(ContainerFiles, PodmanAlsoRootless) {
  for (const bool rootless : {false, true}) {
    Root root;
    const std::string place =
        rootless ? "/run/user/1000/containers/overlay-containers/" : "/run/containers/storage/overlay-containers/";
    root.write(place + x + "/userdata/config.json", R"({"annotations":{"io.container.manager":"libpod","a":"b"}})");
    root.write(place + "containers.json",
               R"([{"id":"other","names":["no"]},{"id":")" + x +
                   R"(","names":["web","alias"],"metadata":"{\"image-name\":\"nginx:1\"}"}])");
    const auto f = root.ask("podman", rootless ? std::optional<uint32_t>(1000) : std::nullopt);
    ASSERT_TRUE(f) << rootless;
    EXPECT_EQ(f->runtime + ' ' + f->name + ' ' + f->image, "podman web nginx:1");
    EXPECT_EQ(root.ask("podman", std::nullopt).has_value(), !rootless);
  }
}

TEST(ContainerFiles, NothingButAFileOfTheRuntimeIsRead) {
  Root root;
  root.write("/secret.json", R"({"Name":"/stolen"})");
  const std::string folder = root.folder + "/var/lib/docker/containers/" + x;
  fs::create_directories(folder);
  fs::create_symlink(root.folder + "/secret.json", folder + "/config.v2.json");
  EXPECT_FALSE(root.ask("docker")) << "a link";
  fs::remove(folder + "/config.v2.json");
  ASSERT_EQ(mkfifo((folder + "/config.v2.json").c_str(), 0600), 0);
  EXPECT_FALSE(root.ask("docker")) << "a FIFO, which nobody writes to";
  fs::remove_all(folder);
  fs::create_directory_symlink(root.folder, folder);
  fs::copy_file(root.folder + "/secret.json", root.folder + "/config.v2.json");
  EXPECT_FALSE(root.ask("docker")) << "a directory that is a link";
  EXPECT_FALSE(container_facts({"docker", "..", ""}, {}, root.folder));
  EXPECT_FALSE(container_facts({"docker", "a/b", ""}, {}, root.folder));
}

TEST(ContainerFiles, HalfAFileIsNone) {
  Root root;
  const std::string path = "/var/lib/docker/containers/" + x + "/config.v2.json";
  for (const char* text : {"", "{", R"({"Name":"/we)", R"({"Name":"/web"} x)"}) {
    root.write(path, text);
    EXPECT_FALSE(root.ask("docker")) << text;
  }
}

TEST(ContainerFiles, LabelsAreBounded) {
  Root root;
  std::string labels;
  for (int i = 0; i < 100; i++) labels += (i ? ",\"l" : "\"l") + std::to_string(i) + R"(":"v")";
  root.write("/var/lib/docker/containers/" + x + "/config.v2.json",
             R"({"Config":{"Labels":{"long":")" + std::string(kLongestLabel + 1, 'v') + "\"," + labels + "}}}");
  const auto f = root.ask("docker");
  ASSERT_TRUE(f);
  EXPECT_EQ(f->labels.size(), kMostLabels);
  EXPECT_EQ(f->labels[0].first, "l0");
}

TEST(ContainerFiles, UsersOfARootThatIsTheHostsAreNone) {
  struct stat st;
  ASSERT_EQ(stat("/proc/self/ns/mnt", &st), 0);
  EXPECT_FALSE(container_users(static_cast<uint32_t>(getpid()), static_cast<uint32_t>(st.st_ino)));
  EXPECT_FALSE(container_users(4194303, static_cast<uint32_t>(st.st_ino)));
}

TEST(ContainerFiles, IdsGoThroughTheMapOfTheNamespace) {
  const ContainerUsers u{{{0, 100000, 1}, {1, 200000, 65535}}, {{0, "root"}, {33, "www"}}};
  EXPECT_EQ(u.name_of(100000), "root");
  EXPECT_EQ(u.name_of(200032), "www");
  EXPECT_EQ(u.name_of(0), "");
  EXPECT_EQ(u.name_of(100001), "");
}

TEST(JsonRead, TextsAndTheirPaths) {
  std::string seen;
  const JsonText take = [&seen](const std::vector<std::string>& path, std::string&& text) {
    for (const auto& p : path) seen += p + '/';
    seen += '=' + text + ';';
  };
  EXPECT_TRUE(read_json(R"( {"a":["x",{"b":"\u0041\ud83d\ude00\n"},1,true,null,[]], "c" : {} } )", take));
  EXPECT_EQ(seen, "a//=x;a//b/=A\xf0\x9f\x98\x80\n;");
  for (const char* bad :
       {"", "{", "[1,]", R"({"a"})", R"({"a":"\q"})", R"("\u12")", R"({"a":1}})", "{\"a\":\"b\"", "]"})
    EXPECT_FALSE(read_json(bad, take)) << bad;
  EXPECT_FALSE(read_json(std::string(100000, '['), take)) << "deep";
}

// Whatever stands there, reading it ends and stays within it: the sanitizers look.
TEST(JsonRead, SurvivesAnything) {
  const std::string good = R"({"a":["x",{"b":"\u0041\ud83d\ude00\n"},1,true,null,[]],"c":{"d":"e"}})";
  uint32_t seed = 1;
  for (int i = 0; i < 20000; i++) {
    std::string bytes = good.substr(0, (seed = seed * 1664525 + 1013904223) % (good.size() + 1));
    for (int k = 0; k < 3 && !bytes.empty(); k++) {
      seed = seed * 1664525 + 1013904223;
      bytes[(seed >> 8) % bytes.size()] = static_cast<char>(seed >> 24);
    }
    read_json(bytes, [](const std::vector<std::string>&, std::string&&) {});
  }
}

}  // namespace
