{
  "targets": [
    {
      "target_name": "sysmon",
      "type": "none",
      "actions": [
        {
          "action_name": "cmake",
          "inputs": ["native/CMakeLists.txt"],
          "outputs": ["<(module_root_dir)/build/Release/sysmon.node"],
          "action": ["node", "<(module_root_dir)/native/build.mjs"]
        }
      ]
    }
  ]
}
